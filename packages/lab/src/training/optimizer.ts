import type { numpy as np } from '@jax-js/jax';

/** A rule by which gradients change parameters, one array at a time. */
export interface Optimizer {
  /** The names of the arrays that it keeps for each parameter; they start at 0. */
  readonly slots: readonly string[];
  /** The numbers that step 1, 2, … needs; they go into the compiled step as data, so that it stays the same. */
  scalars(learningRate: number, step: number): number[];
  /** The new parameter, then the new slots. `scalars` are of shape [1]. Takes ownership of all arguments. */
  update(parameter: np.Array, gradient: np.Array, slots: np.Array[], scalars: np.Array[], decays: boolean): np.Array[];
}
