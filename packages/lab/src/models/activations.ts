import { lax, type numpy as np } from '@jax-js/jax';
import { activation, activations, activationFunction as arrayFunction } from 'gelu';
import { activationFunction } from 'gelu/jax';
import { activationNamed } from '../console/activation-spec.js';

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

/** A name of the registry. */
export type ActivationName = string;

/** All activations of the registry. */
export const ACTIVATIONS: Readonly<Record<ActivationName, ModelActivation>> = Object.fromEntries(
  activations.map(({ name }) => [name, modelActivation(name)]),
);

/** Frameworks' GELU, for comparison: ½·x·(1 + erf(x/√2)) of the framework's own operations, which is 0 below about −5. */
export const FRAMEWORK_GELU = 'framework/gelu';

const frameworkGelu: ModelActivation = {
  label: 'GELU of ½x(1 + erf)',
  apply: (x) => lax.erf(x.ref.mul(Math.SQRT1_2)).add(1).mul(x.mul(0.5)),
  derivative: (x) => ACTIVATIONS.gelu.derivative(x),
};

/** The activation that a text names, with parameters as `silu:beta=1.5`. @throws UsageError for one that there is not. */
export function activationBySpec(spec: string): ModelActivation {
  if (spec === FRAMEWORK_GELU) return frameworkGelu;
  const { definition, parameters } = activationNamed(spec).bound;
  return modelActivation(definition.name, parameters);
}
