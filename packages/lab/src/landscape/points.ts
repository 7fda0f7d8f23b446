import { testPoints } from '../implementations/points.js';
import { mulberry32 } from '../numbers/random.js';
import { type Format, type Numbers, next, numbers } from './format.js';

const SEED = 1;

/**
 * Finite inputs of a format, ascending, each once: over all exponents, evenly where activations bend, `kinks` and what is beside
 * them, each with its neighbour and with both signs. Of float16 all there are. Always the same.
 */
export function pointsOf(format: Format, count: number, kinks: readonly number[]): Numbers {
  const start = format === 'float16' ? everyHalf() : format === 'float32' ? testPoints(count, SEED) : doubles(count);
  const points = new Set<number>();
  for (const x of [...start, ...kinks]) {
    for (const beside of format === 'float16' ? [x] : [x, next(x, format)])
      for (const signed of [beside, -beside]) points.add(signed);
  }
  points.delete(0);
  const all = numbers(format, points.size);
  all.set([...points]);
  return all.sort();
}

/** The inputs with results of their own: ±0, ±∞, NaN, the largest numbers. */
export function specialsOf(largest: number): number[] {
  return [0, -0, Infinity, -Infinity, Number.NaN, largest, -largest];
}

function everyHalf(): number[] {
  const positive = Array.from({ length: 0x7c00 }, (_, bits) => {
    const exponent = Math.max(bits >> 10, 1) - 1;
    return (bits - exponent * 1024) * 2 ** (exponent - 24);
  });
  return positive.slice(1);
}

function doubles(count: number): number[] {
  const random = mulberry32(SEED);
  const half = Math.floor(count / 2);
  const spread = Array.from({ length: half }, (_, i) => {
    const exponent = Math.round((i / half) * 2097) - 1074;
    const x = (1 + random()) * 2 ** Math.max(exponent, -1022);
    return exponent < -1022 ? x * 2 ** (exponent + 1022) : x;
  }).filter(Number.isFinite);
  const even = Array.from({ length: half }, (_, i) => 40 * ((i + random()) / half));
  return [...spread, ...even];
}
