import { readFileSync } from 'node:fs';
import { LabError } from '../../console/errors.js';
import type { Implementation } from '../../implementations/types.js';
import { repeated } from './js-target.js';

type Kernel = (input: number, output: number, length: number) => void;

/**
 * A kernel in a WebAssembly file that exports its memory as `memory` and functions of the addresses of input and output
 * (float32) and their length. Its own data must lie in the memory that it begins with.
 */
export async function wasmTarget(
  file: string,
  name: string,
  gradient: string | undefined,
  approximate: Implementation['approximate'],
): Promise<Implementation> {
  let exports: WebAssembly.Exports;
  try {
    const module = await WebAssembly.compile(readFileSync(file));
    ({ exports } = await WebAssembly.instantiate(module, {}));
  } catch (error) {
    throw new LabError(`${file} cannot be loaded: ${(error as Error).message}`);
  }
  const { memory } = exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new LabError(`${file} does not export its memory as 'memory'`);
  const start = memory.buffer.byteLength;
  const vectorOf = (which: string) => {
    const kernel = exports[which];
    if (typeof kernel !== 'function')
      throw new LabError(`${file} exports no function '${which}'; it has ${Object.keys(exports).join(', ')}`);
    return (x: Float32Array, y: Float32Array): Float32Array => {
      const missing = start + 8 * x.length - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / 65536));
      const output = start + 4 * x.length;
      new Float32Array(memory.buffer, start, x.length).set(x);
      (kernel as Kernel)(start, output, x.length);
      y.set(new Float32Array(memory.buffer, output, x.length));
      return y;
    };
  };
  const value = vectorOf(name);
  const slope = gradient === undefined ? undefined : vectorOf(gradient);
  return {
    implementation: `${file}#${name}`,
    version: 'WebAssembly',
    form: approximate,
    approximate,
    value: async (x) => value(x, new Float32Array(x.length)),
    ...(slope && { gradient: async (x: Float32Array) => slope(x, new Float32Array(x.length)) }),
    prepare: async (x) => repeated(value, x),
  };
}
