import { activation, BUILT_IN } from '../activations/index.js';
import type { GivenParameters } from '../activations/model/parameters.js';
import type { Target } from '../kernels/target.js';
import { activationFunction } from './activation-function.js';

/** The activation of that name, by any name that `activation` knows, as the back ends take it. */
export function namedTarget(name: string, parameters: GivenParameters = {}): Target {
  const bound = activation(name, parameters);
  return activationFunction(bound.definition).resolve(bound.parameters, []);
}

/** Whether every thread knows the activation from which the target was made. */
export function isBuiltIn({ source }: Target): boolean {
  return !('definition' in source) || BUILT_IN.has(source.definition);
}
