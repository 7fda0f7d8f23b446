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

/** What `gelu/native` found, for workers to find it too. */
export interface NativeFile {
  /** The file of the compiled module. */
  readonly path: string;
  /** The instruction set that was chosen. */
  readonly name: string;
}

/** Kernels outside of WebAssembly. They come with `gelu/native`; without it there are none. */
export const native: { run?: NativeRun; file?: NativeFile; threads: number } = {
  /** How many threads a call of `run` may use, itself among them. */
  threads: 1,
};

/** Shorter arrays are not worth a call into another module. */
export const NATIVE_LENGTH = 1024;
