import { expect, test } from 'vitest';
import { critical, twoSided } from './student.js';

test("Student's distribution: closed forms for 1, 2 and 4 degrees, and its table", () => {
  for (const t of [0.1, 1, 3, 50]) {
    expect(twoSided(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 12);
    expect(twoSided(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 12);
    const u = t / Math.sqrt(4 + t * t);
    expect(twoSided(t, 4)).toBeCloseTo(1 - (3 * u - u ** 3) / 2, 12);
  }
  const table: [number, number][] = [
    [1, 12.7062047364],
    [2, 4.3026527297],
    [9, 2.2621571628],
    [99, 1.984216952],
  ];
  for (const [degrees, t] of table) {
    expect(critical(0.05, degrees)).toBeCloseTo(t, 8);
    expect(twoSided(t, degrees)).toBeCloseTo(0.05, 9);
  }
  expect([twoSided(0, 3), twoSided(Infinity, 3), twoSided(NaN, 3)]).toEqual([1, 0, NaN]);
});
