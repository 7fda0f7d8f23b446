import { modules, type Precision } from '../kernels/modules.js';
import type { SmoothFunction } from '../kernels/smooth.js';
import { arenaOf, commonArena } from './allocate.js';
import { CHUNK } from './arena.js';
import { backwardFew, backwardInJavaScript, forwardFew, forwardInJavaScript } from './javascript.js';

/** Elements of a function that the definition itself computes, before kernels and tables are worth making. */
const SCALAR_LIMIT = 16384;
/** Elements in one call of a kernel: an engine can take a better compiled one only at the next call. */
const STEP = 4 * CHUNK;

const done = new WeakMap<SmoothFunction, number>();

/**
 * out = f(x) on float32 arrays of one length; `out` may be `x`. Any byte offset, shared memory too. Synchronous.
 *
 * 'correct': correctly rounded, the same bits on every engine. 'fast': within 1 ULP. Arrays that do not live in
 * WebAssembly's memory (see `allocateFloat32`) pass through it in chunks that fit the cache.
 */
export function forwardFloat32(f: SmoothFunction, x: Float32Array, out: Float32Array, precision: Precision): void {
  if (isLittleWork(f, x.length)) forwardFew(f, x, out);
  else if (modules[precision]().module === undefined) forwardInJavaScript(f, x, out);
  else forwardInMemory(f, x, out, precision);
}

function forwardInMemory(f: SmoothFunction, x: Float32Array, out: Float32Array, precision: Precision): void {
  const arena = arenaOf(x.buffer) ?? arenaOf(out.buffer) ?? commonArena();
  const { stage: stageAt } = arena.site;
  const { buffer, stage } = arena.views();
  const step = x.buffer === buffer && out.buffer === buffer ? STEP : CHUNK;
  for (let i = 0, n = 0; i < x.length; i += n) {
    n = stepFrom(i, x.length, step);
    const whole = n % 8 === 0;
    const from = whole && x.buffer === buffer ? x.byteOffset + 4 * i : stageAt;
    const to = whole && out.buffer === buffer ? out.byteOffset + 4 * i : stageAt;
    if (from === stageAt) stage.set(x.subarray(i, i + n));
    arena.forward(f, precision, from, to, (n + 7) & ~7);
    if (to === stageAt) out.set(stage.subarray(0, n), i);
  }
}

/**
 * out = gradOutput · f(x) in one pass, f a derivative; `out` may be either input. Precisions as for `forwardFloat32`:
 * 'correct' rounds the product of gradOutput and the float64 derivative once, 'fast' rounds both.
 */
export function backwardFloat32(
  f: SmoothFunction,
  gradOutput: Float32Array,
  x: Float32Array,
  out: Float32Array,
  precision: Precision,
): void {
  if (isLittleWork(f, x.length)) backwardFew(f, gradOutput, x, out);
  else if (modules[precision]().module === undefined) backwardInJavaScript(f, gradOutput, x, out);
  else backwardInMemory(f, gradOutput, x, out, precision);
}

function backwardInMemory(
  f: SmoothFunction,
  gradOutput: Float32Array,
  x: Float32Array,
  out: Float32Array,
  precision: Precision,
): void {
  const arena = arenaOf(x.buffer) ?? arenaOf(gradOutput.buffer) ?? arenaOf(out.buffer) ?? commonArena();
  const { stage: stageAt, stageGradient: gradientAt } = arena.site;
  const { buffer, stage, stageGradient } = arena.views();
  const inside = x.buffer === buffer && gradOutput.buffer === buffer && out.buffer === buffer;
  for (let i = 0, n = 0; i < x.length; i += n) {
    n = stepFrom(i, x.length, inside ? STEP : CHUNK);
    const whole = n % 8 === 0;
    const from = whole && x.buffer === buffer ? x.byteOffset + 4 * i : stageAt;
    const gradient = whole && gradOutput.buffer === buffer ? gradOutput.byteOffset + 4 * i : gradientAt;
    const to = whole && out.buffer === buffer ? out.byteOffset + 4 * i : stageAt;
    if (from === stageAt) stage.set(x.subarray(i, i + n));
    if (gradient === gradientAt) stageGradient.set(gradOutput.subarray(i, i + n));
    arena.backward(f, precision, gradient, from, to, (n + 7) & ~7);
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
