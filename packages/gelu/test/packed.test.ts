import { join } from 'node:path';
import { publint } from 'publint';
import ts from 'typescript';
import { afterAll, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { Consumer } from './support/packed.js';

const consumer = new Consumer();
const library = join(consumer.folder, 'node_modules/gelu');
afterAll(() => consumer.remove());

const names = Object.keys(manifest.exports)
  .filter((path) => !path.endsWith('.json'))
  .map((path) => path.replace('.', 'gelu'));

test('publint finds nothing to say', async () => {
  const { messages } = await publint({ pkgDir: library, pack: false, strict: true });
  expect(messages).toEqual([]);
});

test.each(['Bundler', 'NodeNext'] as const)('types resolve under %s', (resolution) => {
  const text = [
    "import { GELU, gelu, geluBackward } from 'gelu';",
    'const y: Float32Array = gelu(new Float32Array(4), { approximate: "tanh" });',
    'const layer: GELU = new GELU();',
    'export const z: number[][] = layer.forward([[1, 2]]);',
    'export const g = geluBackward(y, y);',
    '// @ts-expect-error: there is no such form',
    'gelu(y, { approximate: "erf" });',
    ...names.map((name, i) => `export * as entry${i} from '${name}';`),
  ].join('\n');
  const program = ts.createProgram([consumer.write('program.ts', text)], {
    strict: true,
    noEmit: true,
    skipLibCheck: true, // of the optional peers, which are not installed here
    target: ts.ScriptTarget.ES2022,
    module: resolution === 'Bundler' ? ts.ModuleKind.ESNext : ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind[resolution],
    types: [],
  });
  const told = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  expect(told).toEqual([]);
});

test('runs in Node without anything else installed', () => {
  const program = `
    import { GELU, gelu } from 'gelu';
    import { createPool } from 'gelu/threads';
    const pool = await createPool({ threads: 2 });
    console.log(JSON.stringify([String(new GELU()), gelu(-1), ...await pool.gelu(Float32Array.of(-1, 3))]));
    await pool.close();`;
  const printed = JSON.parse(consumer.node('--input-type=module', '-e', program));
  expect(printed).toEqual([
    "GELU(approximate='none')",
    -0.15865525393145705,
    Math.fround(-0.15865525393145705),
    Math.fround(2.9959502041),
  ]);
});
