import { floatOfRank } from '../../numerics/float32.js';
import type { Scalar } from './ends.js';

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
