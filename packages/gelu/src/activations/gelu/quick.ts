import type { Approximate } from './forms.js';
import { SIGMOID_GATE, TANH_GATE } from './gate-form.js';
import { quickGate } from './quick-gate.js';
import { quickNormal } from './quick-normal.js';

/** The definition with mean 0 and std 1 and its form and order fixed, for loops: the same bits, nothing in `unrounded`. */
export function quickFunction(approximate: Approximate, order: 0 | 1): (x: number) => number {
  if (approximate === 'none') return (x) => quickNormal(x, order);
  const gate = approximate === 'tanh' ? TANH_GATE : SIGMOID_GATE;
  return (x) => quickGate(x, gate, order);
}
