import { gelu as geluDefinition } from '../activations/gelu/definition.js';
import type { Activation } from '../activations/model/activation.js';
import { prelu as preluDefinition } from '../activations/prelu.js';
import type { ActivationFunction } from './elementwise.js';
import { type FunctionOf, functionOf } from './function-of.js';
import { gelu } from './gelu.js';
import { prelu } from './prelu.js';

/**
 * The functions of an activation, of the registry or of your own (see `defineActivation`): f(x), f.derivative(x),
 * f.secondDerivative(x) and f.backward(gradOutput, x), on all types that `gelu` takes, its parameters as options.
 */
export function activationFunction<A extends Activation>(definition: A): FunctionOf<A> {
  const special: [unknown, ActivationFunction][] = [
    [geluDefinition, gelu],
    [preluDefinition, prelu],
  ];
  const found = special.find(([known]) => known === definition);
  return (found ? found[1] : functionOf(definition)) as FunctionOf<A>;
}
