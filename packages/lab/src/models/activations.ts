import { nn, type numpy as np } from '@jax-js/jax';
import { geluDerivative } from 'gelu';
import { gelu } from 'gelu/jax';

/** An activation inside a jax-js model, and its derivative outside of it. */
export interface ModelActivation {
  label: string;
  apply(x: np.Array): np.Array;
  /** The derivative at each element. */
  derivative(x: Float32Array): Float32Array;
}

export type ActivationName = 'gelu' | 'relu' | 'elu';

/** The activations of the paper. */
export const ACTIVATIONS: Readonly<Record<ActivationName, ModelActivation>> = {
  gelu: { label: 'GELU', apply: (x) => gelu(x), derivative: (x) => geluDerivative(x) },
  relu: { label: 'ReLU', apply: (x) => nn.relu(x), derivative: (x) => x.map((v) => (v > 0 ? 1 : 0)) },
  elu: { label: 'ELU', apply: (x) => nn.elu(x), derivative: (x) => x.map((v) => (v > 0 ? 1 : Math.exp(v))) },
};

export const ACTIVATION_NAMES = Object.keys(ACTIVATIONS) as ActivationName[];
