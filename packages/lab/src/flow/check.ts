import { MeanField } from 'gelu/numerics';
import type { NamedActivation } from '../console/activation-spec.js';
import { random } from '../numbers/random.js';
import { type GainWord, scaleOf } from './gain.js';
import { multiply, norm } from './matrix.js';
import { predict } from './theory.js';

export interface CheckOptions {
  width: number;
  depth: number;
  draws: number;
  seed: number;
}

/** The norm of the last output of a plain stack, root mean square over the units, and what theory has for it. */
export interface Checked {
  label: string;
  gain: GainWord;
  theory: number;
  mean: number;
  /** Of the mean. */
  standardError: number;
  /** (mean − theory)/standard error */
  distance: number;
}

/**
 * Theory against networks: for each activation and gain the mean of the last layer's norm over the draws, for one input whose norm
 * is such that the first layer is given variance 1 exactly. All share the weights' normal numbers. Yields the share done.
 */
export function* checkTheory(
  activations: readonly NamedActivation[],
  gains: readonly GainWord[],
  { width, depth, draws, seed }: CheckOptions,
): Generator<number, Checked[]> {
  const stacks = activations.flatMap((activation) =>
    gains.map((gain) => ({ activation, gain, scale: scaleOf(gain, 'he', activation.bound), norms: [] as number[] })),
  );
  for (let draw = 1; draw <= draws; draw++) {
    const weights = random(seed, 'check weights', draw);
    const biases = random(seed, 'check biases', draw);
    const direction = Float64Array.from({ length: width }, random(seed, 'check input', draw).normal);
    const unit = Math.sqrt(width) / norm(direction);
    let signals = Float64Array.from({ length: stacks.length * width }, (_, i) => {
      const { scale } = stacks[Math.floor(i / width)];
      return direction[i % width] * unit * scale.inputStd;
    });
    for (let layer = 0; layer < depth; layer++) {
      const drawn = Float64Array.from({ length: width * width }, () => weights.normal() / Math.sqrt(width));
      const bias = Float64Array.from({ length: width }, biases.normal);
      const sums = multiply(signals, drawn, width);
      signals = Float64Array.from({ length: sums.length });
      for (const [i, { activation, scale }] of stacks.entries()) {
        const given = sums.subarray(i * width, (i + 1) * width);
        for (let k = 0; k < width; k++) given[k] = scale.weightStd * given[k] + scale.biasStd * bias[k];
        signals.set(activation.evaluate(0, given), i * width);
      }
      yield (draw - 1 + (layer + 1) / depth) / draws;
    }
    for (const [i, { norms }] of stacks.entries())
      norms.push(norm(signals.subarray(i * width, (i + 1) * width)) / Math.sqrt(width));
  }
  return stacks.map(({ activation, gain, scale, norms }) => {
    const mean = norms.reduce((sum, x) => sum + x / draws, 0);
    const variance = norms.reduce((sum, x) => sum + (x - mean) ** 2 / (draws - 1), 0);
    const standardError = Math.sqrt(variance / draws);
    const field = new MeanField(activation.bound);
    const { activationRms } = predict(field, scale, { depth, residual: false, layerNorm: false });
    const theory = activationRms[depth - 1];
    return { label: activation.label, gain, theory, mean, standardError, distance: (mean - theory) / standardError };
  });
}
