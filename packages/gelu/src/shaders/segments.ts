import { rootBetween } from '../activations/formulas/bisect.js';
import type { Bound } from '../activations/model/activation.js';
import type { AlgebraicShape, SmoothShape } from '../activations/model/shape.js';
import { curveEnds, type Scalar } from '../kernels/family/ends.js';
import { floatBelow, floatOfRank, rankOf } from '../numerics/float32.js';
import { interpolate } from '../numerics/interpolate.js';
import { exponentOf } from '../numerics/ulp.js';

/** A polynomial in d = (x − centre)·inverse times `scale`, up to x = `to` and with it. */
export interface Segment {
  readonly to: number;
  readonly centre: number;
  readonly inverse: number;
  readonly coefficients: readonly number[];
  readonly scale: number;
}

const DEGREE = 7;
const MOST = 400;
const LARGEST = 3.4028234663852886e38;
const LEAST = 2 ** -126; // GPUs may flush what is smaller
/** What float32 arithmetic in any order may make of a segment, in units in the last place, when it is tried here. */
const TOLERANCE = [2.2, 2.8, 4];
const PROBES: readonly number[] = [
  ...Array.from({ length: 64 }, (_, i) => (i + 0.3 * Math.sin(i)) / 63),
  ...Array.from({ length: 30 }, (_, k) => [2 ** (-7 - k), 1 - 2 ** (-7 - k)]).flat(),
];

const next = (x: number): number => floatOfRank(rankOf(x) + 1);
const previous = (x: number): number => floatOfRank(rankOf(x) - 1);

/** Chebyshev's points of order n. */
const points = (n: number): number[] =>
  Array.from({ length: n }, (_, k) => Math.cos((Math.PI * (2 * k + 1)) / (2 * n)));

/** A function or a derivative, with the places where it may be 0, several times too. */
interface Curve extends Scalar {
  readonly zeros: readonly number[];
  derivative(k: number, x: number): number | undefined;
}

/** The segments of a function (order 0) or a derivative from `from` on, where it is no line; undefined if they would be too many. */
export function segmentsOf(
  bound: Bound,
  shape: SmoothShape | AlgebraicShape,
  order: 0 | 1 | 2,
): { readonly from: number; readonly segments: readonly Segment[] } | undefined {
  // Where the second derivative jumps, that of the left side.
  const at = (k: 0 | 1 | 2, x: number): number =>
    bound.evaluate(k, k === 2 && shape.breaks.includes(x) ? previous(x) : x);
  const f = Object.assign((x: number) => at(order, x), {
    zeros: [0, ...shape.zeros[0], ...shape.zeros[1]],
    /** The k-th derivative of f at x, where that is one of the three. */
    derivative: (k: number, x: number) => (order + k <= 2 ? at((order + k) as 0 | 1 | 2, x) : undefined),
  });
  const ends = curveEnds(f, shape, order, LEAST / 2);
  const from = Math.max(ends.from, -LARGEST);
  const to = Math.min(ends.to, LARGEST);
  const breaks = shape.breaks.map(floatBelow).filter((x) => x > from && x < to);
  const segments: Segment[] = [];
  let low = from;
  let width = to - from;
  for (const high of [...breaks, to])
    while (low < high) {
      const segment = widest(f, low, Math.min(2 * width, high - low), high, order);
      if (segment === undefined || segments.length === MOST) return undefined;
      width = segment.to - low;
      low = next(segment.to);
      segments.push(segment);
    }
  return { from, segments };
}

/** The widest segment from `low` that follows f, not wider than `width`. */
function widest(f: Curve, low: number, width: number, high: number, order: 0 | 1 | 2): Segment | undefined {
  for (let w = width; ; w /= 2) {
    const to = w >= high - low ? high : floatBelow(low + w);
    if (to <= low) return undefined;
    for (const segment of candidates(f, low, to))
      if (PROBES.every((p) => follows(f, segment, Math.fround(low + p * (to - low)), low, TOLERANCE[order])))
        return segment;
  }
}

/** Around a zero in it or beside it, if there is one, and without. */
function* candidates(f: Curve, from: number, to: number): Generator<Segment> {
  const root = rootNear(f, from, to);
  if (root !== undefined) yield fit(f, from, to, root);
  yield fit(f, from, to);
}

function fit(f: Curve, from: number, to: number, root?: number): Segment {
  const half = to / 2 - from / 2;
  const middle = from + half;
  const centre = Math.fround(root ?? middle);
  const size = Math.max(to - centre, centre - from, 2 ** -140);
  const width = 2 ** Math.max(-120, Math.min(exponentOf(size) + 1, 120));
  // Beside a zero what is interpolated is (f − c0)/d, so that small values have small errors.
  const c0 = root === undefined ? undefined : f(centre);
  const d = points(c0 === undefined ? DEGREE + 1 : DEGREE).map((p) => {
    const at = (middle + p * half - centre) / width;
    return c0 !== undefined && Math.abs(at) < 1e-3 * (half / width) ? 1e-3 * (half / width) : at;
  });
  const y = d.map((v) => (c0 === undefined ? f(centre + v * width) : (f(centre + v * width) - c0) / v));
  interpolate(d, y);
  const c = c0 === undefined ? y : [c0, ...y];
  // At a zero that is one several times the next coefficients are 0, too, and not only nearly.
  if (c0 === 0)
    for (let k = 1; k <= 2 && c.slice(0, k).every((v) => v === 0) && f.derivative(k, centre) === 0; k++) c[k] = 0;
  const size0 = exponentOf(Math.max(...c.map(Math.abs), 2 ** -126));
  const scale = Math.abs(size0) > 60 ? 2 ** Math.max(-126, Math.min(size0, 126)) : 1;
  return { to, centre, inverse: 1 / width, coefficients: c.map((v) => Math.fround(v / scale)), scale };
}

/** Where f is 0 at an end or crosses 0 in [from, to] or a width beside it: there, too, its values are small. */
function rootNear(f: Curve, from: number, to: number): number | undefined {
  const step = (to - from) / 8;
  const known = f.zeros.filter((x) => x >= from - 8 * step && x <= to + 8 * step);
  for (const x of [...known, previous(from), from, to, next(to)]) if (f(x) === 0) return x;
  let a = from - 8 * step;
  let last = f(a);
  for (let k = -7; k <= 16; k++) {
    const b = from + k * step;
    const y = f(b);
    if (y === 0) return b;
    if (last * y < 0) return rootBetween(f, a, b);
    [a, last] = [b, y];
  }
  return undefined;
}

/** A segment at x, in float32. */
export function evaluateSegment({ centre, inverse, coefficients, scale }: Segment, x: number): number {
  const d = Math.fround(Math.fround(x - centre) * inverse);
  const y = coefficients.reduceRight((sum, c) => Math.fround(c + Math.fround(d * sum)), 0);
  return Math.fround(y * scale);
}

function follows(f: Scalar, segment: Segment, x: number, low: number, tolerance: number): boolean {
  if (x < low || x > segment.to) return true;
  const y = f(x);
  const unit = 2 ** (exponentOf(Math.max(Math.abs(y), LEAST)) - 23);
  return Math.abs(evaluateSegment(segment, x) - y) <= tolerance * unit;
}
