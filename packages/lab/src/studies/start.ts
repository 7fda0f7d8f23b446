import { MeanField } from 'gelu/numerics';
import { activationNamed } from '../console/activation-spec.js';
import type { Start } from '../models/mlp.js';

/** What the starts are, for reports. */
export const START_TEXT =
  "He's start: weights of variance 2/inputs, biases 0. Critical start: the activation's own edge of chaos at variance 1 (weight variance 1/E[f'(z)²]/inputs, biases as keep that variance; Hayou et al. 2019), the first layer such that its units are given variance 1; where no biases can do that, the weights that keep the signal, and no biases.";

/** The start of a name, for an activation; undefined for 'unit', the paper's. */
export function startOf(activation: string, name: string, inputs: () => number): Start | undefined {
  if (name === 'unit') return undefined;
  if (name === 'he') return { weightStd: Math.SQRT2, biasStd: 0, first: null };
  if (name !== 'critical') throw new RangeError(`there is no start '${name}'`);
  const field = new MeanField(activationNamed(activation).bound);
  const point = field.criticalPoint(1) ?? { weightStd: 1 / Math.sqrt(field.secondMoment(1)), biasStd: 0 };
  return { weightStd: point.weightStd, biasStd: point.biasStd, first: { q: 1, inputs: inputs() } };
}

/** The mean square of the inputs. */
export function inputSquare(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ** 2;
  return sum / values.length;
}
