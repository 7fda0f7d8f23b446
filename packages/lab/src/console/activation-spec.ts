import {
  type Activation,
  type ActivationFunction,
  activation,
  activationFunction,
  type Bound,
  type Source,
} from 'gelu';
import { UsageError } from './errors.js';
import { splitList } from './options.js';

/** An activation as it is named on the command line, with its functions at these parameters. */
export interface NamedActivation {
  /** As it was written: 'silu:beta=1.5'. */
  spec: string;
  /** For people: 'SiLU, beta 1.5'. */
  label: string;
  bound: Bound;
  /** The function (order 0) or a derivative on float64 arrays. */
  evaluate(order: 0 | 1 | 2, input: Float64Array): Float64Array;
}

/** What `activationNamed` takes, for help texts. */
export const SPEC_HINT = 'name, or name:parameter=value,…; a name of another library as JAX/gelu';

/**
 * The activation that `spec` names: a name of the registry or an alias, then parameters as `silu:beta=1.5` or
 * `gelu:mean=0.5,std=2`; `JAX/gelu` means the name as JAX uses it.
 * @throws UsageError for an unknown name, with the nearest ones, an unknown parameter or a value not allowed.
 */
export function activationNamed(given: string): NamedActivation {
  const spec = given.trim();
  const [path, ...settings] = spec.split(/[:,]/).map((part) => part.trim());
  const [source, name] = path.includes('/') ? path.split('/', 2) : [undefined, path];
  try {
    const plain = activation(name, {}, source as Source | undefined);
    const parameters = settings.map((part) => parameter(part, spec, plain.definition));
    const bound = activation(name, Object.fromEntries(parameters), source as Source | undefined);
    const f = activationFunction(bound.definition) as ActivationFunction;
    const orders = [f, f.derivative, f.secondDerivative];
    const evaluate: NamedActivation['evaluate'] = (order, input) => orders[order](input, bound.parameters);
    return { spec, label: label(bound), bound, evaluate };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${spec}: ${(error as Error).message}`);
  }
}

/** The activations in a list separated by commas: 'gelu,silu:beta=1.5,relu'. @throws UsageError as `activationNamed`. */
export function activationsNamed(list: string): NamedActivation[] {
  return splitList(list).map(activationNamed);
}

function parameter(part: string, spec: string, { parameters }: Activation): [string, number | string] {
  const [name, value] = part.split('=').map((side) => side.trim());
  if (!name || !value) throw new UsageError(`${spec}: '${part}' is not of the form parameter=value`);
  const number = Number(value);
  return [name, Number.isNaN(number) || parameters[name]?.choices ? value : number];
}

/** The layer's name with the parameters that are not the defaults. */
function label({ definition, parameters }: Bound): string {
  const special = Object.entries(parameters)
    .filter(([name, value]) => value !== definition.parameters[name].default)
    .map(([name, value]) => (name === 'approximate' ? `${value} form` : `${name} ${value}`));
  return [definition.layer, ...special].join(', ');
}
