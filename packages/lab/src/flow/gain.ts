import type { Bound } from 'gelu';
import { MeanField } from 'gelu/numerics';
import { UsageError } from '../console/errors.js';
import type { Initialization } from './initialization.js';

/** How large weights are: a factor to what their initialization has, or a word. */
export type Gain = number | GainWord;
export type GainWord = (typeof GAIN_WORDS)[number];
export const GAIN_WORDS = ['he', 'xavier', 'forward', 'backward', 'critical'] as const;

/** What a gain comes to for an activation. */
export interface Scale {
  /** The standard deviation of the weights, times √inputs. */
  weightStd: number;
  biasStd: number;
  /** The standard deviation of the stack's input. */
  inputStd: number;
}

/** What `initialization` has without a gain. */
const OWN: Readonly<Record<Initialization, number>> = { unit: 1, he: Math.SQRT2, xavier: 1, orthogonal: 1 };

/**
 * The scale of a stack. A number multiplies the weights of the initialization, inputs have variance 1. A word sets the weights'
 * deviation, whatever the initialization, and the inputs such that the first layer is given variance 1: he √2, xavier 1, forward and
 * backward those that keep a signal, and a gradient, of variance 1; critical both, with biases.
 * @throws UsageError for a critical gain where no biases keep variance 1.
 */
export function scaleOf(gain: Gain, initialization: Initialization, activation: Bound): Scale {
  if (typeof gain === 'number') return { weightStd: gain * OWN[initialization], biasStd: 0, inputStd: 1 };
  const { weightStd, biasStd } = networkOf(gain, activation);
  return { weightStd, biasStd, inputStd: Math.sqrt(1 - biasStd ** 2) / weightStd };
}

/** By what the drawn weights are multiplied for a scale. */
export function factorOf({ weightStd }: Scale, initialization: Initialization): number {
  return weightStd / OWN[initialization];
}

function networkOf(word: GainWord, activation: Bound): { weightStd: number; biasStd: number } {
  const field = new MeanField(activation);
  switch (word) {
    case 'he':
      return { weightStd: Math.SQRT2, biasStd: 0 };
    case 'xavier':
      return { weightStd: 1, biasStd: 0 };
    case 'forward':
      return { weightStd: 1 / Math.sqrt(field.secondMoment(1)), biasStd: 0 };
    case 'backward':
      return { weightStd: 1 / Math.sqrt(field.slopeMoment(1)), biasStd: 0 };
    default: {
      const point = field.criticalPoint(1);
      if (point !== null) return point;
      const { name } = activation.definition;
      throw new UsageError(`--gain critical: no biases put ${name} on the edge of chaos at variance 1; try forward`);
    }
  }
}
