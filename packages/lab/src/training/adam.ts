import { numpy as np } from '@jax-js/jax';
import { power } from '../numbers/exact.js';
import type { Optimizer } from './optimizer.js';

export interface AdamWOptions {
  beta1?: number;
  beta2?: number;
  epsilon?: number;
  weightDecay?: number;
}

/**
 * Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019). The corrections of the start are folded
 * into the rate and into ε (end of section 2 of the former).
 */
export function adamW({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 }: AdamWOptions): Optimizer {
  return {
    slots: ['mean', 'square'],
    scalars: (learningRate, step) => {
      const correction = Math.sqrt(1 - power(beta2, step));
      const rate = (learningRate * correction) / (1 - power(beta1, step));
      return [rate, epsilon * correction, 1 - learningRate * weightDecay];
    },
    update: (parameter, gradient, [mean, square], [rate, small, keep], decays) => {
      const newMean = mean.mul(beta1).add(gradient.ref.mul(1 - beta1));
      const newSquare = square.mul(beta2).add(np.square(gradient).mul(1 - beta2));
      const step = newMean.ref.mul(rate).div(np.sqrt(newSquare.ref).add(small));
      if (decays && weightDecay !== 0) return [parameter.mul(keep).sub(step), newMean, newSquare];
      keep.dispose();
      return [parameter.sub(step), newMean, newSquare];
    },
  };
}
