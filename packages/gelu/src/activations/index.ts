import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';
import { type Activation, type Bound, bind, type Source } from './model/activation.js';
import { advice, OTHER_NAMES, plain } from './model/names.js';
import type { GivenParameters, ParameterValues } from './model/parameters.js';
import { requireDefinition } from './model/require.js';
import { ALL } from './registry.generated.js';

/** All activations, those that `registerActivation` adds included. Everything that exists once per activation runs over it. */
const registry: Activation[] = /* @__PURE__ */ ALL.slice();

/**
 * The registry: GELU first.
 *
 * @example
 * activations[0].name; // "gelu"
 * activations.some(({ layer }) => layer === 'LeakyReLU'); // true
 */
export const activations: readonly Activation[] = registry;

/** Those that are in the registry from the start, on every thread. */
export const BUILT_IN: ReadonlySet<Activation> = /* @__PURE__ */ new Set(ALL);

/** Whether `definition` is meant by `wanted`, a plain name, and with which parameters. */
function match(definition: Activation, wanted: string, source: Source | undefined): ParameterValues | undefined {
  const own = plain(definition.name) === wanted || plain(definition.layer) === wanted;
  if (own && (source === undefined || source === 'PyTorch')) return {};
  const named = definition.aliases.filter((alias) => plain(alias.name) === wanted);
  const alias = source === undefined ? named[0] : named.find((a) => a.source === source);
  return alias ? (alias.parameters ?? {}) : undefined;
}

/**
 * The activation of that name, with `parameters` over those that the name stands for.
 *
 * `name` is a name of the registry, of a layer, or one that another library uses (see {@link Source}); case, underscores
 * and hyphens do not matter. Some names mean different things in different libraries ('gelu' is the tanh form
 * in JAX, 'leaky_relu' has slope 0.2 in Keras): `source` says whose name it is; without it PyTorch's meaning comes first.
 *
 * Throws GeluTypeError if `name` is no string, GeluRangeError if no activation has it.
 *
 * @example
 * activation('gelu_new').parameters.approximate; // "tanh"
 * activation('leaky_relu', {}, 'Keras').parameters.negativeSlope; // 0.2
 * activation('silu', { beta: 2 }).key; // "silu(beta=2)"
 */
export function activation(name: string, parameters: GivenParameters = {}, source?: Source): Bound {
  if (typeof name !== 'string') throw new GeluTypeError('name', 'the name of an activation', describe(name));
  const wanted = plain(name);
  for (const definition of registry) {
    const preset = match(definition, wanted, source);
    if (preset) return bind(definition, { ...preset, ...read(parameters) });
  }
  const where = source === undefined ? '' : ` (source ${typeof source === 'string' ? source : describe(source)})`;
  throw new GeluRangeError('name', `the name of an activation${advice(wanted, registry)}`, `'${name}'${where}`);
}

/** The entries of an object. */
function read(parameters: GivenParameters): ParameterValues {
  if (parameters === null || typeof parameters !== 'object')
    throw new GeluTypeError('parameters', 'an object', describe(parameters));
  try {
    return { ...parameters } as ParameterValues;
  } catch {
    throw new GeluTypeError('parameters', 'readable', describe(parameters)); // a proxy that throws
  }
}

/** All names that belong to an activation: its own, its gated unit's, and those of other libraries. */
function namesOf({ name, layer, gated, aliases }: Activation): string[] {
  const unit = gated ? [gated.name, gated.layer] : [];
  return [name, layer, ...unit, ...aliases.map((alias) => alias.name)];
}

/**
 * Adds an activation, so that `activation` finds it and layers and kernels take it by name.
 *
 * Throws GeluTypeError if it is no activation, GeluRangeError if its name, its layer's or an alias is taken, also by a gated or stochastic function or layer.
 *
 * @example
 * registerActivation(defineActivation({ name: 'half', value: (x) => x / 2, domain: [-1, 1], below: { slope: 0.5 }, above: { slope: 0.5 } }));
 * activationFunction('half')(3); // 1.5
 */
export function registerActivation(definition: Activation): void {
  requireDefinition(definition);
  const taken = new Set([...registry.flatMap(namesOf), ...OTHER_NAMES].map(plain));
  for (const name of namesOf(definition))
    if (taken.has(plain(name))) throw new GeluRangeError('name', 'a name that is not taken', `'${name}'`);
  registry.push(definition);
}

export {
  type Activation,
  type Alias,
  type Bound,
  bind,
  type Evaluate,
  type Facts,
  type Source,
} from './model/activation.js';
export { defineActivation } from './model/define.js';
