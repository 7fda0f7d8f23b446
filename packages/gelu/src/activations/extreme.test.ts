import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scale } from '../numerics/scale.js';
import { ulpError } from '../numerics/ulp.js';
import { activation } from './index.js';

// Multi-precision values at parameters of every size, made by reference/extreme.py.
type Entry = [high: number, low?: number, exponent?: number, cancelled?: number];
type Row = [name: string, parameters: Record<string, number>, x: number, ...entries: [Entry, Entry, Entry]];
const rows: Row[] = JSON.parse(readFileSync(new URL('../../reference/data/extreme.json', import.meta.url), 'utf8'));
const BOUNDS = [1, 1, 2];

/** In units of the larger addend where the exact value cancels. */
function error(y: number, [high, low = 0, exponent = 0, cancelled = 0]: Entry): number {
  const [h, l] = [scale(high, exponent), scale(low, exponent)];
  if (!Number.isFinite(h)) return Object.is(y, h) ? 0 : Infinity;
  return ulpError(y, h, l) / 2 ** cancelled;
}

test('there is a value for every function with parameters of any size', () => {
  expect(rows.length).toBeGreaterThan(500);
  expect(new Set(rows.map(([name]) => name)).size).toBeGreaterThanOrEqual(9);
});

describe.each([...new Set(rows.map(([name]) => name))])('%s', (wanted) => {
  const some = rows.filter(([name]) => name === wanted);

  test('float64', () => {
    for (const [name, parameters, x, ...entries] of some) {
      const bound = activation(name, parameters);
      for (const [order, entry] of entries.entries()) {
        const y = bound.evaluate(order as 0 | 1 | 2, x);
        const where = `${JSON.stringify(parameters)}, order ${order}, at ${x}: ${y} for ${entry}`;
        expect(error(y, entry), where).toBeLessThanOrEqual(BOUNDS[order]);
      }
    }
  });
});
