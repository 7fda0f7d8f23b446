import { modules, type Precision } from '../kernels/modules.js';
import type { SmoothFunction } from '../kernels/smooth.js';
import { onFirstUse } from '../numerics/lazy.js';
import { arenaOf } from './allocate.js';
import { Arena, CHUNK, HEAP, STAGE, STAGE_GRADIENT } from './arena.js';
import { backwardInJavaScript, forwardInJavaScript } from './javascript.js';

/** Elements of a function that JavaScript computes, row by row, before its whole table is worth making. */
const SCALAR_LIMIT = 16384;

const common = onFirstUse(() => new Arena(HEAP));
const done = new WeakMap<SmoothFunction, number>();

/**
 * out = f(x) on float32 arrays of one length; `out` may be `x`. Any byte offset, shared memory too. Synchronous.
 *
 * 'correct': correctly rounded, the same bits on every engine. 'fast': within 1.35 ULP. Arrays that do not live in
 * WebAssembly's memory (see `allocateFloat32`) pass through it in chunks that fit the cache.
 */
export function forwardFloat32(f: SmoothFunction, x: Float32Array, out: Float32Array, precision: Precision): void {
  if (isScalarWork(f, x.length, precision)) {
    forwardInJavaScript(f, x, out);
    return;
  }
  const own = arenaOf(x.buffer);
  let i = 0;
  if (own !== undefined && out.buffer === x.buffer) {
    i = x.length & ~7;
    own.forward(f, precision, x.byteOffset, out.byteOffset, i);
  }
  const arena = common();
  for (; i < x.length; i += CHUNK) {
    const n = Math.min(CHUNK, x.length - i);
    arena.stage.set(x.subarray(i, i + n));
    arena.forward(f, precision, STAGE, STAGE, (n + 7) & ~7);
    out.set(arena.stage.subarray(0, n), i);
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
  if (isScalarWork(f, x.length, precision)) {
    backwardInJavaScript(f, gradOutput, x, out);
    return;
  }
  const own = arenaOf(x.buffer);
  let i = 0;
  if (own !== undefined && out.buffer === x.buffer && gradOutput.buffer === x.buffer) {
    i = x.length & ~7;
    own.backward(f, precision, gradOutput.byteOffset, x.byteOffset, out.byteOffset, i);
  }
  const arena = common();
  for (; i < x.length; i += CHUNK) {
    const n = Math.min(CHUNK, x.length - i);
    arena.stage.set(x.subarray(i, i + n));
    arena.stageGradient.set(gradOutput.subarray(i, i + n));
    arena.backward(f, precision, STAGE_GRADIENT, STAGE, STAGE, (n + 7) & ~7);
    out.set(arena.stage.subarray(0, n), i);
  }
}

/**
 * Whether JavaScript shall do it: where WebAssembly cannot, and while so little has been asked of f that making its
 * table would take longer than the work. It rounds correctly, whatever the precision asked for.
 */
function isScalarWork(f: SmoothFunction, n: number, precision: Precision): boolean {
  if (modules().correct === undefined) return true;
  if (common().has(f, precision)) return false;
  const total = (done.get(f) ?? 0) + n;
  done.set(f, total);
  return total <= SCALAR_LIMIT;
}
