// Writes src/onnx/runtime/kernels.ts: what ONNX Runtime's CPU makes of a node that is an activation.
//
//   node scripts/onnx/kernel-table.mjs && npx biome check --write src/onnx/runtime
import { writeFileSync } from 'node:fs';
import { env } from 'onnxruntime-node';
import { ACTIVATIONS, kernelRanges } from './kernels.mjs';

const lines = [];
for (const activation of ACTIVATIONS) {
  lines.push(`  '${activation[0]}': {`);
  for (const dtype of ['float32', 'float16', 'float64'])
    lines.push(`    ${dtype}: ${JSON.stringify(await kernelRanges(activation, dtype))},`);
  lines.push('  },');
}
writeFileSync(
  new URL('../../src/onnx/runtime/kernels.ts', import.meta.url),
  `// Written by scripts/onnx/kernel-table.mjs, from the graphs that the optimizer of onnxruntime-node ${env.versions.node} leaves.

/** From an opset to another, the operators that are left, and run. */
export type KernelRange = readonly [from: number, to: number, operators: string];

/**
 * What ONNX Runtime's CPU makes of a node that is an activation, by dtype, at opsets 7 to 24: itself, where there is a kernel;
 * its parts, where there is none; nothing, the model being refused, where no range has the opset.
 */
export const KERNELS: Readonly<Record<string, Readonly<Record<string, readonly KernelRange[]>>>> = {
${lines.join('\n')}
};
`,
);
