import { NATIVE_LENGTH, native } from '../native/hook.js';
import { CHUNK } from './layout.js';
import { memoryOf, stagingMemory } from './memories.js';
import type { LoadedKernel } from './memory.js';
import type { Program } from './program.js';

/** Elements in one call of a kernel: an engine can take a better compiled one only at the next call. */
const STEP: number = 4 * CHUNK;
/** So few are brought into the memory one by one, wherever they live: a view of an array costs more. */
const FEW = 64;

type Run = (program: Program, x: Float32Array, out: Float32Array, gradOutput?: Float32Array) => number;

/** A shorter way for few elements. It comes with `gelu/fast`; without it they go the way of all others. */
export const few: { run?: Run } = {};

/**
 * out = f(x), or, with a gradient, gradOutput · f(x), on arrays of one length; `out` may be either input. Any byte offset,
 * shared memory too. Arrays that do not live in a memory of kernels pass through one, in chunks that fit the cache.
 *
 * Returns how many elements were done: all, unless a row of the table turned out not to follow the function.
 */
export function run(program: Program, x: Float32Array, out: Float32Array, gradOutput?: Float32Array): number {
  const { length } = x;
  if (few.run && length <= FEW) return few.run(program, x, out, gradOutput);
  if (native.run && length >= NATIVE_LENGTH) {
    const done = native.run(program, x, out, gradOutput);
    if (done !== undefined) return done;
  }
  const memory =
    memoryOf(x.buffer) ?? memoryOf(out.buffer) ?? (gradOutput && memoryOf(gradOutput.buffer)) ?? stagingMemory();
  const kernel = memory.load(program);
  const { buffer, scratch, stage, stageGradient } = memory;
  const { stage: stageAt, stageGradient: gradientAt } = memory.layout;
  const xHere = x.buffer === buffer;
  const outHere = out.buffer === buffer;
  const gradientHere = gradOutput?.buffer === buffer;
  const step = xHere && outHere && (gradientHere || !gradOutput) ? STEP : CHUNK;
  for (let i = 0, n = 0; i < length; i += n) {
    n = Math.min(step, length - i);
    if (n > 7) n &= ~7; // a multiple of 8 needs no stage
    const all = (n + 7) & ~7;
    const from = xHere && n === all ? x.byteOffset + 4 * i : stageAt;
    const to = outHere && n === all ? out.byteOffset + 4 * i : stageAt;
    if (from === stageAt) stage.set(part(x, i, n));
    if (kernel.cover) {
      kernel.extent(from, all);
      if (!isMade(kernel, Math.min(...scratch.subarray(0, 4)), Math.max(...scratch.subarray(4, 8)), all)) return i;
    }
    if (gradOutput === undefined) kernel.forward(from, to, all, kernel.at);
    else {
      const gradient = gradientHere && n === all ? gradOutput.byteOffset + 4 * i : gradientAt;
      if (gradient === gradientAt) stageGradient.set(part(gradOutput, i, n));
      kernel.backward(gradient, from, to, all, kernel.at);
    }
    if (to === stageAt) out.set(part(stage, 0, n), i);
  }
  return length;
}

/** Elements of an array; not `subarray`, which for a user's own class of arrays calls its constructor. */
const part = (array: Float32Array, start: number, n: number): Float32Array =>
  new Float32Array(array.buffer, array.byteOffset + 4 * start, n);

/** Makes the rows that n inputs from `least` to `largest` need. False if one cannot follow the function. */
export function isMade(kernel: LoadedKernel, least: number, largest: number, n: number): boolean {
  const found = kernel.cover?.(least, largest, n);
  if (found === 1) kernel.cover = undefined;
  return found !== -1;
}
