import { exp, ln } from '../numbers/exact.js';

/** How well a classifier does on a set of examples. */
export interface Scores {
  /** Mean cross-entropy in nats. */
  loss: number;
  /** The share of examples whose largest logit is not that of the label: 0 … 1. */
  error: number;
}

/** Scores of logits [n, columns], of which the first `classes` count, in float64. */
export function crossEntropyOf(logits: Float32Array, columns: number, classes: number, labels: Uint8Array): Scores {
  let loss = 0;
  let wrong = 0;
  for (let row = 0; row < labels.length; row++) {
    const these = logits.subarray(row * columns, row * columns + classes);
    const largest = these.reduce((a, b) => Math.max(a, b));
    const sum = these.reduce((total, logit) => total + exp(logit - largest), 0);
    loss += largest + ln(sum) - these[labels[row]];
    if (these.indexOf(largest) !== labels[row]) wrong++;
  }
  return { loss: loss / labels.length, error: wrong / labels.length };
}
