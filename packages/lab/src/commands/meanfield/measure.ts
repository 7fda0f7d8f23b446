import { GeluRangeError } from 'gelu';
import { type CriticalPoint, MeanField } from 'gelu/numerics';
import type { NamedActivation } from '../../console/activation-spec.js';
import { type Fate, sizeAfter, stripOf } from '../../flow/strip.js';

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
    strip: deep ? stripOf(field, q) : [],
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
