import { gelu, geluDerivative } from 'gelu';
import { LabError } from '../../console/errors.js';
import { errorCurve, largerAddend } from '../../implementations/errors.js';
import { testPoints } from '../../implementations/points.js';
import type { Implementation } from '../../implementations/types.js';
import {
  asymmetry,
  byExponent,
  byRange,
  type Defect,
  errorAt,
  flushed,
  notClose,
  notFinite,
  notMonotone,
  type RangeWorst,
  type Samples,
  SPECIAL,
  type Special,
  specials,
  wrongSign,
} from './checks.js';

/** What was found of a function or of its gradient. Errors of the gradient are in ULP of its larger addend. */
export interface Measures {
  points: number;
  worst: { ulp: number; at: number | null };
  ranges: RangeWorst[];
  notClose: Defect;
  notFinite: Defect;
  flushed: Defect;
  wrongSign: Defect;
  /** Of the function only. */
  monotone?: Defect & { ulp: number };
  asymmetry?: { ulp: number; at: number | null };
  specials: Special[];
  /** Some of the inputs in [−6, 4] with what came out and the exact result. */
  drawn: [x: number, actual: number, exact: number][];
  /** The worst error in each of some hundred bins of x in [−15, 6]. */
  curve: { x: number[]; ulp: number[] };
  byExponent: Record<'negative' | 'positive', [number, number][]>;
}

export interface Audited {
  value: Measures;
  /** null if the target has none. */
  gradient: Measures | null;
}

/** Measures a target at about `points` float32 inputs: pairs of neighbours, with both signs. */
export async function measureTarget(subject: Implementation, points: number, seed: number): Promise<Audited> {
  const { approximate } = subject;
  const x = withNeighbours(testPoints(Math.ceil(points / 4), seed));
  const input = new Float32Array(x.length + SPECIAL.length); // in one call: another shape may mean a compilation
  input.set(x);
  input.set(SPECIAL, x.length);
  const wide = Float64Array.from(x);
  const value = gelu(wide, { approximate });
  const derivative = geluDerivative(wide, { approximate });
  const y = await called(subject.value, input);
  const samples: Samples = { x, y: y.subarray(0, x.length), exact: value };
  const audited: Audited = {
    value: {
      ...measured(samples, (i) => value[i], specials(y.subarray(x.length), approximate, 0)),
      monotone: notMonotone(samples, approximate),
      asymmetry: asymmetry(samples),
    },
    gradient: null,
  };
  if (subject.gradient === undefined) return audited;
  const g = await called(subject.gradient, input);
  const gradients: Samples = { x, y: g.subarray(0, x.length), exact: derivative };
  const unit = (i: number): number => largerAddend(x[i], value[i], derivative[i]);
  audited.gradient = measured(gradients, unit, specials(g.subarray(x.length), approximate, 1));
  return audited;
}

async function called(f: (x: Float32Array) => Promise<Float32Array>, input: Float32Array): Promise<Float32Array> {
  const result = await f(input.slice()); // its own copy: a function may write where it should not
  if (result.length !== input.length)
    throw new LabError(`${input.length} inputs gave ${result.length} results: not an elementwise function`);
  return result;
}

function measured(samples: Samples, unit: (i: number) => number, found: Special[]): Measures {
  const ranges = byRange(samples, unit);
  const worst = ranges.reduce((a, b) => (b.ulp > a.ulp ? b : a));
  return {
    points: samples.x.length,
    worst: { ulp: worst.ulp, at: worst.at },
    ranges,
    notClose: notClose(samples),
    notFinite: notFinite(samples),
    flushed: flushed(samples),
    wrongSign: wrongSign(samples),
    specials: found,
    drawn: drawn(samples),
    curve: errorCurve(samples.x, (i) => errorAt(samples.y[i], samples.exact[i], unit(i))),
    byExponent: byExponent(samples, unit),
  };
}

function drawn({ x, y, exact }: Samples): Measures['drawn'] {
  const points: Measures['drawn'] = [];
  let next = -6;
  for (let i = 0; i < x.length && x[i] <= 4; i++) {
    if (x[i] < next) continue;
    points.push([x[i], y[i], exact[i]]);
    next = x[i] + 1 / 32;
  }
  return points;
}

/** Each point and the float32 next to it away from 0, with both signs, ascending: neighbours show what is not monotone. */
function withNeighbours(points: Float32Array): Float32Array {
  const next = new Float32Array(points);
  const bits = new Uint32Array(next.buffer);
  for (let i = 0; i < next.length; i++) if (Math.abs(next[i]) < LARGEST) bits[i]++;
  const all = new Float32Array(4 * points.length);
  for (const [i, part] of [points, next].entries()) {
    all.set(part, 2 * i * points.length);
    all.set(
      part.map((x) => -x),
      (2 * i + 1) * points.length,
    );
  }
  return all.sort();
}

const LARGEST = 3.4028234663852886e38;
