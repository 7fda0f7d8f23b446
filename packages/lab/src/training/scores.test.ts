import { expect, test } from 'vitest';
import { crossEntropyOf } from './scores.js';

test('cross-entropy and errors leave out the padding', () => {
  // softmax(0, ln 3) = (1/4, 3/4); the third column would be the largest
  const logits = Float32Array.of(0, Math.log(3), 99, 0, Math.log(3), 99);
  const { loss, error } = crossEntropyOf(logits, 3, 2, Uint8Array.of(1, 0));
  expect(loss).toBeCloseTo((Math.log(4 / 3) + Math.log(4)) / 2, 6);
  expect(error).toBe(0.5);
});

test('large logits do not overflow', () => {
  expect(crossEntropyOf(Float32Array.of(1e4, -1e4), 2, 2, Uint8Array.of(0)).loss).toBe(0);
});
