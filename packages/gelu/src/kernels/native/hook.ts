import type { Program } from '../memory/program.js';

/**
 * out = f(x), or gradOutput · f(x), as `run` of memory/stage.ts; undefined if it does not have that program's kernel.
 */
export type NativeRun = (
  program: Program,
  x: Float32Array,
  out: Float32Array,
  gradOutput: Float32Array | undefined,
) => number | undefined;

/** out = the form (0 none, 1 tanh, 2 sigmoid) or its derivative, times gradOutput if there is one, in float64. */
export type NativeFloat64 = (
  form: 0 | 1 | 2,
  order: 0 | 1,
  x: Float64Array,
  out: Float64Array,
  gradOutput: Float64Array | undefined,
) => void;

/** What `gelu/native` found, for workers to find it too. */
export interface NativeFile {
  /** The file of the compiled module. */
  readonly path: string;
  /** The instruction set that was chosen. */
  readonly name: string;
}

/** Kernels outside of WebAssembly. They come with `gelu/native`; without it there are none. */
export const native: { run?: NativeRun; float64?: NativeFloat64; file?: NativeFile; threads: number } = {
  /** How many threads a call of `run` may use, itself among them. */
  threads: 1,
};

/** Shorter arrays are not worth a call into another module. */
export const NATIVE_LENGTH = 1024;
