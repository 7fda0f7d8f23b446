import { expect, test } from 'vitest';
import { uniforms } from '../numerics/philox.js';
import { keepProbability } from './stochastic.js';
import { threshold, thresholds } from './stochastic-thresholds.js';

const bits = new DataView(new ArrayBuffer(4));

/** The next float32 below. */
function below(x: number): number {
  bits.setFloat32(0, x);
  const i = bits.getInt32(0);
  bits.setInt32(0, x > 0 ? i - 1 : x === 0 ? -0x7fffffff : i + 1);
  return bits.getFloat32(0);
}

test('the least float32 that is kept, for numbers of every size', () => {
  const random = new Float64Array(2000);
  uniforms(1, 0, 0, random);
  const all = [...random, ...random.map((u) => u * 2 ** -30), ...random.map((u) => 1 - u * 2 ** -30)];
  for (const u of [...all, 0.5, 0.5 + 2 ** -53, 0.5 - 2 ** -53, 2 ** -53, 1 - 2 ** -53]) {
    const t = threshold(u);
    expect(u >= keepProbability(t), `${u}`).toBe(false);
    expect(u >= keepProbability(below(t)), `${u}`).toBe(true);
  }
  expect(threshold(0)).toBeLessThan(-38);
});

test('part by part as at once', () => {
  const whole = thresholds(3, 2, 0, 10_000);
  expect(thresholds(3, 2, 5001, 100)).toEqual(whole.slice(5001, 5101));
});
