import { cosSin } from '../numbers/exact.js';

/** The learning rate from step to step. */
export interface Schedule {
  /** The rate at its highest. */
  learningRate: number;
  /** Steps in which the rate rises in a straight line; 0 by default. */
  warmup?: number;
  /** After the warm-up: the same rate to the end (default), or half a cosine wave down to `final`. */
  decay?: 'constant' | 'cosine';
  /** The share of `learningRate` at the end of the cosine; 0.1 by default. */
  final?: number;
}

/** The learning rate of step 1, 2, … of `steps`. In the warm-up it does not depend on `steps`. */
export function rateAt(
  { learningRate, warmup = 0, decay = 'constant', final = 0.1 }: Schedule,
  step: number,
  steps: number,
): number {
  if (step <= warmup) return (learningRate * step) / warmup;
  if (decay === 'constant') return learningRate;
  const done = Math.min(1, (step - warmup) / Math.max(1, steps - warmup));
  return learningRate * (final + (1 - final) * 0.5 * (1 + cosSin(Math.PI * done)[0]));
}
