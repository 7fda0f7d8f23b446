import { LabError } from '../../console/errors.js';
import { reasonOf } from '../../implementations/sources.js';
import { withoutTraces } from '../../implementations/traces.js';
import type { Loader, Target } from '../target.js';

/** Every target by its name; what it needs is loaded when it is asked for. */
export const TARGETS: Readonly<Record<string, () => Promise<Target>>> = {
  gelu: from(async () => (await import('./own.js')).load('float32')),
  'gelu-float64': from(async () => (await import('./own.js')).load('float64')),
  'gelu-tfjs-cpu': from(async () => (await import('./own-tfjs.js')).load('cpu')),
  'gelu-tfjs-wasm': from(async () => (await import('./own-tfjs.js')).load('wasm')),
  'gelu-jax': from(async () => (await import('./own-jax.js')).load),
  math: from(async () => (await import('./textbook.js')).load('float32')),
  'math-float64': from(async () => (await import('./textbook.js')).load('float64')),
  'math-node22': from(async () => (await import('./engine.js')).load('node22')),
  'math-node24': from(async () => (await import('./engine.js')).load('node24')),
  'math-node26': from(async () => (await import('./engine.js')).load('node26')),
  'math-bun': from(async () => (await import('./engine.js')).load('bun')),
  'math-deno': from(async () => (await import('./engine.js')).load('deno')),
  'tfjs-cpu': from(async () => (await import('./tfjs.js')).load('cpu')),
  'tfjs-wasm': from(async () => (await import('./tfjs.js')).load('wasm')),
  'tfjs-webgl': from(async () => (await import('./browser.js')).load('tfjs', 'webgl')),
  'tfjs-webgpu': from(async () => (await import('./browser.js')).load('tfjs', 'webgpu')),
  'jax-wasm': from(async () => (await import('./jax.js')).load('wasm')),
  'jax-cpu': from(async () => (await import('./jax.js')).load('cpu')),
  'jax-webgl': from(async () => (await import('./browser.js')).load('jax', 'webgl')),
  'jax-webgpu': from(async () => (await import('./browser.js')).load('jax', 'webgpu')),
  'onnx-node': from(async () => (await import('./onnx.js')).load('node', 'float32')),
  'onnx-node-float16': from(async () => (await import('./onnx.js')).load('node', 'float16')),
  'onnx-node-float64': from(async () => (await import('./onnx.js')).load('node', 'float64')),
  'onnx-web': from(async () => (await import('./onnx.js')).load('web', 'float32')),
  'litert-wasm': from(async () => (await import('./litert.js')).load),
  'onnx-webgpu': from(async () => (await import('./browser.js')).load('onnx', 'webgpu')),
};

export const TARGET_NAMES: readonly string[] = Object.keys(TARGETS);

function from(loader: () => Promise<Loader>): Loader {
  return async () => (await loader())();
}

/** Loads a target. @throws LabError that says what is missing. */
export async function loadTarget(name: string): Promise<Target> {
  try {
    return await withoutTraces(TARGETS[name]);
  } catch (error) {
    throw new LabError(reasonOf(error));
  }
}
