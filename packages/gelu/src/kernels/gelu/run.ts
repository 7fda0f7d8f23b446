import { CHUNK, type Precise } from '../memory/arena.js';
import { arenaOf, commonArena } from '../memory/heap.js';
import type { Precision } from '../wasm/modules.js';
import { fewInJavaScript, inJavaScript } from './javascript.js';
import { precisions } from './precisions.js';
import type { SmoothFunction } from './smooth.js';

/** Elements of a function that the definition itself computes, before kernels and tables are worth making. */
const SCALAR_LIMIT = 16384;
/** Elements in one call of a kernel: an engine can take a better compiled one only at the next call. */
const STEP = 4 * CHUNK;

const done = new WeakMap<SmoothFunction, number>();

/**
 * out = f(x), or, f a derivative, gradOutput · f(x) in one pass, on float32 arrays of one length; `out` may be either
 * input. Any byte offset, shared memory too. Synchronous.
 *
 * 'correct': correctly rounded, the same bits on every engine; of a product, once, with f(x) in float64. 'fast': within 1
 * ULP, f(x) and the product rounded. Arrays that do not live in WebAssembly's memory (see `allocateFloat32`) pass through it
 * in chunks that fit the cache.
 */
export function applyFloat32(
  f: SmoothFunction,
  x: Float32Array,
  out: Float32Array,
  precision: Precision,
  gradOutput?: Float32Array,
): void {
  const precise = precisions[precision] ?? precisions.correct;
  if (isLittleWork(f, x.length)) fewInJavaScript(f, x, out, gradOutput);
  else if (precise.module().module === undefined) inJavaScript(f, x, out, gradOutput);
  else inMemory(f, x, out, precise, gradOutput);
}

/** As `applyFloat32` where there are kernels, whatever was asked of f before. */
export function inMemory(
  f: SmoothFunction,
  x: Float32Array,
  out: Float32Array,
  precise: Precise,
  gradOutput?: Float32Array,
): void {
  const arrays = [x, gradOutput ?? x, out];
  const arena = arrays.map((array) => arenaOf(array.buffer)).find((found) => found) ?? commonArena();
  const placed = arena.placed(f, precise);
  const { stage: stageAt, stageGradient: gradientAt } = arena.site;
  const { buffer, stage, stageGradient } = arena.views();
  const step = arrays.every((array) => array.buffer === buffer) ? STEP : CHUNK;
  for (let i = 0, n = 0; i < x.length; i += n) {
    n = stepFrom(i, x.length, step);
    const addressOf = (array: Float32Array, staged: number): number =>
      n % 8 === 0 && array.buffer === buffer ? array.byteOffset + 4 * i : staged;
    const from = addressOf(x, stageAt);
    const to = addressOf(out, stageAt);
    if (from === stageAt) stage.set(x.subarray(i, i + n));
    if (gradOutput) {
      const gradient = addressOf(gradOutput, gradientAt);
      if (gradient === gradientAt) stageGradient.set(gradOutput.subarray(i, i + n));
      placed.backward(gradient, from, to, (n + 7) & ~7);
    } else placed.forward(from, to, (n + 7) & ~7);
    if (to === stageAt) out.set(stage.subarray(0, n), i);
  }
}

/** How many elements from i on to take at once: a multiple of 8, which needs no stage, as long as there is one. */
function stepFrom(i: number, length: number, step: number): number {
  const n = Math.min(step, length - i);
  return n < 8 ? n : n & ~7;
}

/** Whether so little has been asked of f that kernels and tables would take longer to make than the work does. */
function isLittleWork(f: SmoothFunction, n: number): boolean {
  const total = (done.get(f) ?? 0) + n;
  if (total > SCALAR_LIMIT) return false;
  done.set(f, total);
  return true;
}
