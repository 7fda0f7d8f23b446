import type { AlgebraicShape, Line, SmoothShape } from '../../activations/model/shape.js';
import { floatOfRank, rankOf } from '../../numerics/float32.js';
import { type CurveEnds, curveEnds, INVISIBLE_FACTOR, isLine, type Scalar } from './ends.js';

const LARGEST = 0x7f000000;

/** Where the second derivative is largest, which a function of algebraic ends shows from afar. About. */
export function steepest(secondDerivative: Scalar): number {
  const size = (rank: number): number => Math.abs(secondDerivative(floatOfRank(rank)));
  let best = 0;
  for (let step = 1 << 23; step >= 256; step >>= 3) {
    const middle = best;
    for (let k = -8; k <= 8; k++) {
      const rank = middle + k * step;
      if (Math.abs(rank) <= LARGEST && size(rank) > size(best)) best = rank;
    }
    if (step === 1 << 23)
      for (let rank = -LARGEST; rank <= LARGEST; rank += step) if (size(rank) > size(best)) best = rank;
  }
  return floatOfRank(best);
}

/**
 * Where the curve of a second derivative ends, `first` the first one. Without jumps it has one line, 0, on both sides: what is
 * narrow and far from 0 is where the first one changes.
 */
export function secondEnds(f: Scalar, first: Scalar, shape: SmoothShape | AlgebraicShape): CurveEnds {
  const ends = curveEnds(f, shape, 2);
  if (shape.breaks.length > 0 || Math.max(Math.abs(ends.from), Math.abs(ends.to)) === Infinity) return ends;
  const { from, to } = curveEnds(first, shape, 1);
  const reach = to - from;
  const inner = endWithin(f, ends.below, from, from - reach);
  const outer = endWithin(f, ends.above, to, to + reach);
  return ends.from !== 0 || ends.to !== 0
    ? { ...ends, from: Math.min(ends.from, inner), to: Math.max(ends.to, outer) }
    : { ...ends, from: inner, to: outer };
}

/** The last float32 from `near`, where f may not yet be its line, to `far` at which it is not. */
function endWithin(f: Scalar, end: Line, near: number, far: number): number {
  if (!Number.isFinite(near) || !Number.isFinite(far)) return near;
  let [inner, outer] = [rankOf(Math.fround(near)), rankOf(Math.fround(far))];
  while (Math.abs(outer - inner) > 1) {
    const middle = Math.trunc((inner + outer) / 2);
    const x = floatOfRank(middle);
    if (isLine(f(x), x, end, INVISIBLE_FACTOR)) outer = middle;
    else inner = middle;
  }
  return floatOfRank(outer);
}
