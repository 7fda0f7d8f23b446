import { gelu as geluDefinition } from '../activations/gelu/definition.js';
import { activation } from '../activations/index.js';
import { type Activation, type Bound, bind, type Source } from '../activations/model/activation.js';
import { requireActivation } from '../activations/model/require.js';
import { prelu as preluDefinition } from '../activations/prelu.js';
import { anyKernel } from '../kernels/family/kernel.js';
import { recent } from '../shared/cache.js';
import { type ActivationFunction, elementwise } from './elementwise.js';
import { type FunctionOf, functionOf } from './function-of.js';
import { gelu } from './gelu.js';
import { prelu } from './prelu.js';

/** Functions with parameters of their own, by their keys. */
const named: (key: string, make: () => ActivationFunction) => ActivationFunction = recent(64);

/**
 * The functions of an activation: f(x), f.derivative(x), f.secondDerivative(x) and f.backward(gradOutput, x), on all types
 * that `gelu` takes, its parameters as options.
 *
 * `which` is a definition (of the registry or of your own, see `defineActivation`), what `activation` returns, or a name
 * that `activation` knows; `source` says whose name it is. What a name fixes is the default of the function's options.
 *
 * @throws GeluTypeError, GeluRangeError as `activation` for a name.
 *
 * @example
 * activationFunction('gelu_new')(1); // 0.8411919906082767
 * activationFunction('gelu', 'JAX')(1); // 0.8411919906082767
 */
export function activationFunction<A extends Activation>(which: A): FunctionOf<A>;
export function activationFunction(which: string | Bound, source?: Source): ActivationFunction;
export function activationFunction(which: string | Bound | Activation, source?: Source): ActivationFunction {
  const bound = typeof which === 'string' ? activation(which, {}, source) : requireActivation(which);
  if (!('definition' in bound)) return ofDefinition(bound);
  const f = ofDefinition(bound.definition);
  const preset = bound.parameters;
  if (bound.key === bind(bound.definition).key) return f;
  const key = f.resolve(preset, []).key;
  return named(key, () =>
    elementwise(bound.definition.name, (options, extra) => f.resolve({ ...preset, ...options }, extra)),
  );
}

function ofDefinition(definition: Activation): ActivationFunction {
  if ((definition as unknown) === geluDefinition) return gelu as ActivationFunction;
  if ((definition as unknown) === preluDefinition) return prelu as ActivationFunction;
  return functionOf(definition, anyKernel) as ActivationFunction;
}
