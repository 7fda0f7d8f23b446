import type { Approximate } from './approximate.js';
import { SIGMOID_GATE, TANH_GATE } from './gate-form.js';
import { inlinedGate } from './inlined-gate.js';
import { inlinedNormal } from './inlined-normal.js';

/** The definition with mean 0 and std 1 and its form and order fixed, for loops: the same bits, in `unrounded` too. */
export function inlinedFunction(approximate: Approximate, order: 0 | 1): (x: number) => number {
  if (approximate === 'none') return (x) => inlinedNormal(x, order);
  const gate = approximate === 'tanh' ? TANH_GATE : SIGMOID_GATE;
  return (x) => inlinedGate(x, gate, order);
}
