import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { activationFunction } from '../functions/activation-function.js';
import { scale } from '../numerics/scale.js';
import { ulpError } from '../numerics/ulp.js';
import { activation } from './index.js';

// Multi-precision values at parameters of every size, made by reference/extreme.py.
type Entry = [high: number, low?: number, exponent?: number, cancelled?: number];
type Row = [name: string, parameters: Record<string, number>, x: number, ...entries: [Entry, Entry, Entry]];
// EXTREME names a file with more of them: `python3 packages/gelu/reference/extreme.py 10000 SEED > FILE`.
const file = process.env.EXTREME ?? new URL('../../reference/data/extreme.json', import.meta.url);
const rows: Row[] = JSON.parse(readFileSync(file, 'utf8'));
const BOUNDS = [1, 1, 2];

/** In units of the larger addend where the exact value cancels. */
function error(
  y: number,
  [high, low = 0, exponent = 0, cancelled = 0]: Entry,
  type: 'float32' | 'float64' = 'float64',
): number {
  const [h, l] = [scale(high, exponent), scale(low, exponent)];
  const isInfinite = type === 'float32' ? Math.abs(Math.fround(h)) === Infinity : !Number.isFinite(h);
  if (isInfinite) return y === Math.sign(h) * Infinity ? 0 : Infinity;
  // What underflows keeps the exact value's sign, unless it is a difference or too small for the rows of a table.
  const signed = cancelled === 0 && (type === 'float64' || exponent > -1060);
  if (y === 0 && high !== 0 && signed && Object.is(y, -0) !== high < 0) return Infinity;
  return ulpError(y, h, l, type) / 2 ** cancelled;
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

  test('float32, by the kernels for arrays', () => {
    const f = activationFunction(wanted);
    for (const [, parameters, x, ...entries] of some) {
      if (Math.fround(x) !== x) continue;
      for (const [order, g] of [f, f.derivative].entries()) {
        const [y] = g(Float32Array.of(x), parameters);
        const where = `${JSON.stringify(parameters)}, order ${order}, at ${x}: ${y} for ${entries[order]}`;
        expect(error(y, entries[order], 'float32'), where).toBeLessThanOrEqual(1);
      }
    }
  });
});
