import { LabError, UsageError } from '../../console/errors.js';
import * as onnx from '../../implementations/onnx.js';
import { reasonOf } from '../../implementations/sources.js';
import * as tfjs from '../../implementations/tfjs.js';
import { withoutTraces } from '../../implementations/traces.js';
import type { Implementation } from '../../implementations/types.js';

export type Form = Implementation['approximate'];

/** Implementations that are called by a name. */
const NAMED: Readonly<Record<string, () => Promise<Implementation[]>>> = {
  gelu: async () => (await import('../../implementations/ours.js')).load(),
  'gelu/tfjs:cpu': () => tfjs.oursOn('cpu'),
  'gelu/tfjs:wasm': () => tfjs.oursOn('wasm'),
  'gelu/webgpu': async () => (await import('../../implementations/ours-webgpu.js')).load(),
  'gelu/jax': async () => (await import('../../implementations/jax.js')).loadOurs(),
  'tfjs:cpu': tfjs.cpu.load,
  'tfjs:wasm': tfjs.wasm.load,
  'jax:nn.gelu': async () => (await import('../../implementations/jax.js')).load(),
  'onnx:node': onnx.node.load,
  'onnx:web': onnx.web.load,
};

export const TARGET_HINT: string = `module.mjs#function, package#function, kernel.wasm#function, model.onnx, or ${Object.keys(NAMED).join(', ')}`;

/**
 * Loads what is to be audited.
 * @throws UsageError for what names nothing, LabError for what cannot be loaded.
 */
export async function loadTarget(
  target: string,
  form: Form | undefined,
  gradient: string | undefined,
): Promise<Implementation> {
  if (Object.hasOwn(NAMED, target)) return named(target, form ?? 'none');
  if (target.endsWith('.onnx')) return (await import('./onnx-target.js')).onnxTarget(target, form);
  const [file, name = 'gelu'] = target.split('#');
  if (file.endsWith('.wasm'))
    return (await import('./wasm-target.js')).wasmTarget(file, name, gradient, form ?? 'none');
  if (!target.includes('#') && !/\.[cm]?[jt]s$/.test(file))
    throw new UsageError(`There is no target '${target}'; it must be ${TARGET_HINT}`);
  return (await import('./js-target.js')).jsTarget(file, name, gradient, form ?? 'none');
}

async function named(target: string, form: Form): Promise<Implementation> {
  let implementations: Implementation[];
  try {
    implementations = await withoutTraces(NAMED[target]);
  } catch (error) {
    throw new LabError(`${target} cannot be loaded: ${reasonOf(error)}`);
  }
  const found = implementations.find(({ approximate }) => approximate === form);
  if (found === undefined)
    throw new UsageError(
      `--form must be one of ${implementations.map((p) => p.approximate).join(', ')} for ${target}, got '${form}'`,
    );
  return found;
}
