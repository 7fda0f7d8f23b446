import { activation, BUILT_IN } from '../activations/index.js';
import type { Parameters } from '../activations/parameters.js';
import type { Target } from '../backends/target.js';
import { activationFunction } from './activation-function.js';

/** The activation of that name, by any name that `activation` knows, as the back ends take it. */
export function namedTarget(name: string, parameters: Parameters = {}): Target {
  const bound = activation(name, parameters);
  return activationFunction(bound.definition).resolve(bound.parameters, []);
}

/** Whether every thread knows the activation from which the target was made. */
export function isBuiltIn({ source }: Target): boolean {
  return !('definition' in source) || BUILT_IN.has(source.definition);
}
