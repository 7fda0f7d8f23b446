import type { Optimizer } from './optimizer.js';

export interface NesterovOptions {
  momentum?: number;
  weightDecay?: number;
}

/** Stochastic gradient descent with Nesterov's momentum; the weight decay is part of the gradient, as in PyTorch's SGD. */
export function nesterov({ momentum = 0.9, weightDecay = 0 }: NesterovOptions): Optimizer {
  return {
    slots: ['velocity'],
    scalars: (learningRate) => [learningRate],
    update: (parameter, gradient, [velocity], [rate], decays) => {
      const full = decays && weightDecay !== 0 ? gradient.add(parameter.ref.mul(weightDecay)) : gradient;
      const next = velocity.mul(momentum).add(full.ref);
      return [parameter.sub(full.add(next.ref.mul(momentum)).mul(rate)), next];
    },
  };
}
