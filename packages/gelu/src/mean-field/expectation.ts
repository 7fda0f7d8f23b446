import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';

/** Gauss–Kronrod's 15 points on [0, 1) (the middle first), their weights, and those of Gauss' 7 among them (QUADPACK, 1983). */
const NODES = [
  0, 0.20778495500789848, 0.4058451513773972, 0.5860872354676911, 0.7415311855993945, 0.8648644233597691,
  0.9491079123427585, 0.9914553711208126,
];
const KRONROD = [
  0.20948214108472782, 0.20443294007529889, 0.19035057806478542, 0.1690047266392679, 0.14065325971552592,
  0.10479001032225019, 0.06309209262997856, 0.022935322010529224,
];
const GAUSS = [0.4179591836734694, 0, 0.3818300505051189, 0, 0.27970539148927664, 0, 0.1294849661688697, 0];

/** Beyond it the density of the normal distribution is below 1e-300. */
const END = 37;
/** Ends of the first intervals, in standard deviations. */
const STEPS = [-24, -16, -11, -7.5, -5, -3, -1.5, 0, 1.5, 3, 5, 7.5, 11, 16, 24];
/** An interval is halved while its two rules differ by more than this share of the whole; the better one is then far better. */
const TOLERANCE = 1e-13;
const DEEPEST = 40;

const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/**
 * E[g(z)], z normal with mean 0 and variance 1, by adaptive Gauss–Kronrod quadrature. `points` are where g or a derivative
 * jumps, or near which it changes fast: intervals end there, and become shorter towards them. 12 digits of g's size, relative
 * to E|g|, where g is analytic between `points` and no narrower than the ladder of 1e-12 beside them.
 *
 * @throws GeluTypeError if g is no function that returns numbers, or points are no numbers; GeluRangeError if g grows so fast
 * that values beyond 24 standard deviations count.
 * @example
 * expectation((z) => z * z).toFixed(12); // "1.000000000000"
 */
export function expectation(g: (z: number) => number, points: readonly number[] = [], ladder = 16): number {
  if (typeof g !== 'function') throw new GeluTypeError('g', 'a function', describe(g));
  if (!Array.isArray(points) || points.some((point) => typeof point !== 'number'))
    throw new GeluTypeError('points', 'an array of numbers', describe(points));
  if (typeof ladder !== 'number') throw new GeluTypeError('ladder', 'a number', describe(ladder));
  const ends = new Set<number>([-END, END, ...STEPS]);
  for (const point of points) {
    if (!(Math.abs(point) < END)) continue;
    ends.add(point);
    for (let width = 1; width > 1e-12 && ladder >= 2; width /= ladder) {
      for (const end of [point - width, point + width]) if (Math.abs(end) < END) ends.add(end);
    }
  }
  const sorted = [...ends].sort((a, b) => a - b);
  const weighted = (z: number): number => {
    const weight = density(z);
    if (weight === 0) return 0;
    const value = g(z);
    if (typeof value !== 'number') throw new GeluTypeError('g', 'a function that returns numbers', describe(value));
    return weight * value;
  };
  const first = sorted.slice(1).map((high, i) => rule(weighted, sorted[i], high));
  const size = first.reduce((sum, { absolute }) => sum + absolute, 0);
  if (size === 0) return 0;
  if (!(Math.max(first[0].absolute, first[first.length - 1].absolute) <= TOLERANCE * size && size < Infinity))
    throw new GeluRangeError(
      'g',
      'a function whose mean is settled within 24 standard deviations',
      'one that grows faster',
    );
  return first.reduce((sum, part) => sum + refined(weighted, part, TOLERANCE * size, DEEPEST), 0);
}

interface Part {
  low: number;
  high: number;
  value: number;
  error: number;
  absolute: number;
}

function rule(f: (z: number) => number, low: number, high: number): Part {
  const half = (high - low) / 2;
  const middle = low + half;
  let [kronrod, gauss, absolute] = [0, 0, 0];
  for (let i = 0; i < NODES.length; i++) {
    const above = f(middle + half * NODES[i]);
    const below = i === 0 ? 0 : f(middle - half * NODES[i]);
    kronrod += KRONROD[i] * (above + below);
    gauss += GAUSS[i] * (above + below);
    absolute += KRONROD[i] * (Math.abs(above) + Math.abs(below));
  }
  return { low, high, value: half * kronrod, error: half * Math.abs(kronrod - gauss), absolute: half * absolute };
}

function refined(f: (z: number) => number, { low, high, value, error }: Part, allowed: number, depth: number): number {
  const middle = low + (high - low) / 2;
  if (!(error > allowed) || depth === 0 || middle <= low || middle >= high) return value;
  return refined(f, rule(f, low, middle), allowed, depth - 1) + refined(f, rule(f, middle, high), allowed, depth - 1);
}
