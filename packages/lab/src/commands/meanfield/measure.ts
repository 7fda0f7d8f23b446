import { GeluRangeError } from 'gelu';
import { type CriticalPoint, MeanField } from 'gelu/numerics';
import type { NamedActivation } from '../../console/activation-spec.js';

/** What mean-field theory says of an activation. */
export interface Field {
  activation: string;
  label: string;
  /** The variance of what the activation is given. */
  q: number;
  /** E[f(√q·z)²]/q and E[f'(√q·z)²]. */
  secondMoment: number;
  slopeMoment: number;
  /** Gains: the standard deviation of weights times √inputs; null where none does. */
  forward: number | null;
  backward: number | null;
  /** Both, with biases; null where no biases do it. */
  critical: CriticalPoint | null;
  /** What becomes of a signal of variance q in 50 layers without biases, by gain. */
  strip: { gain: number; fate: Fate }[];
  /** Its standard deviation after 50 layers at He's gain, in units of that at the start. */
  atHe: number;
  /** The edge of chaos, by rising variance. */
  edge: CriticalPoint[];
}

export type Fate = 'dies' | 'keeps' | 'grows';

/** A signal is kept if its standard deviation stays within this factor over so many layers. */
export const LAYERS = 50;
export const FACTOR = 10;

const GAINS: readonly number[] = Array.from({ length: 41 }, (_, i) => 0.8 + i / 25);
const EDGE: readonly number[] = Array.from({ length: 49 }, (_, i) => 10 ** (i / 12 - 3));

/** By quadrature; some tenths of a second an activation. Without `deep`, strip and edge stay empty. */
export function fieldOf({ spec, label, bound }: NamedActivation, q: number, deep = true): Field {
  const field = new MeanField(bound);
  const secondMoment = field.secondMoment(q) / q;
  const slopeMoment = field.slopeMoment(q);
  const gain = (moment: number): number | null => (moment > 0 ? Math.sqrt(1 / moment) : null);
  return {
    activation: spec,
    label,
    q,
    secondMoment,
    slopeMoment,
    forward: gain(secondMoment),
    backward: gain(slopeMoment),
    critical: slopeMoment > 0 ? field.criticalPoint(q) : null,
    strip: (deep ? GAINS : []).map((weightStd) => ({ gain: weightStd, fate: fateOf(sizeAfter(field, weightStd, q)) })),
    atHe: deep ? sizeAfter(field, Math.SQRT2, q) : Number.NaN,
    edge: (deep ? EDGE : []).flatMap((variance) => pointAt(field, variance)),
  };
}

/** None where almost no value of that variance reaches the part in which the function has a slope. */
function pointAt(field: MeanField, variance: number): CriticalPoint[] {
  try {
    const point = field.slopeMoment(variance) > 0 ? field.criticalPoint(variance) : null;
    return point === null ? [] : [point];
  } catch (error) {
    if (error instanceof GeluRangeError) return [];
    throw error;
  }
}

function fateOf(size: number): Fate {
  if (size < 1 / FACTOR) return 'dies';
  return size <= FACTOR ? 'keeps' : 'grows';
}

/** A signal's standard deviation after the layers, in units of that at the start. */
function sizeAfter(field: MeanField, weightStd: number, start: number): number {
  let q = start;
  try {
    for (let layer = 0; layer < LAYERS && q > 1e-30 && q < 1e30; layer++) q = field.next(q, { weightStd });
  } catch (error) {
    if (!(error instanceof GeluRangeError)) throw error;
    return Number.POSITIVE_INFINITY; // a function that grows so fast that its mean square cannot be had any more
  }
  return Math.sqrt(q / start);
}
