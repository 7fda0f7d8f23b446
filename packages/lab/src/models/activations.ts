import type { numpy as np } from '@jax-js/jax';
import { activation, activationFunction as arrayFunction } from 'gelu';
import { activationFunction } from 'gelu/jax';

/** An activation inside a jax-js model, and its derivative outside of it. */
export interface ModelActivation {
  label: string;
  apply(x: np.Array): np.Array;
  /** The derivative at each element. */
  derivative(x: Float32Array): Float32Array;
}

/** Any activation of the registry, by a name that `activation` of `gelu` knows; throws what that throws. */
export function modelActivation(
  name: string,
  parameters: Readonly<Record<string, number | string>> = {},
): ModelActivation {
  const bound = activation(name, parameters);
  const { derivative } = arrayFunction(bound.definition);
  return {
    label: bound.definition.layer,
    apply: activationFunction(name, parameters),
    derivative: (x) => derivative(x, bound.parameters),
  };
}

export type ActivationName = 'gelu' | 'relu' | 'elu';

/** The activations of the paper. */
export const ACTIVATIONS: Readonly<Record<ActivationName, ModelActivation>> = {
  gelu: modelActivation('gelu'),
  relu: modelActivation('relu'),
  elu: modelActivation('elu'),
};

export const ACTIVATION_NAMES = Object.keys(ACTIVATIONS) as ActivationName[];
