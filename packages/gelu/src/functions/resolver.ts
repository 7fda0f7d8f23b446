import { type Activation, type Bound, bind } from '../activations/model/activation.js';
import type { ParameterValues } from '../activations/model/parameters.js';
import { requireOptions } from '../input/options.js';
import type { Resolve } from '../input/prepare.js';
import { familyKernel } from '../kernels/family/kernel.js';
import type { Target } from '../kernels/target.js';
import { onFirstUse, recent } from '../shared/cache.js';

/** The entries of P that are named, all optional: what an activation's options may say. */
export type OptionsOf<A> =
  A extends Activation<infer P>
    ? { readonly [K in keyof P as string extends K ? never : K]?: P[K] | undefined }
    : never;

/** Parameters that were used last, for each activation: a call with options finds its kernels as fast as one without. */
const MAX_TARGETS = 16;

const numbers = new WeakMap<Activation, number>();
let count = 0;

/** A number for each definition, since two of the user's may share a name. */
function numberOf(definition: Activation): number {
  let number = numbers.get(definition);
  if (number === undefined) {
    number = count++;
    numbers.set(definition, number);
  }
  return number;
}

/** An activation with its parameters as the back ends take it. */
export function familyTarget(bound: Bound): Target {
  return {
    key: `${bound.key} #${numberOf(bound.definition)}`,
    evaluate: bound.evaluate,
    scalar: (order) => (x) => bound.evaluate(order, x),
    float32: (order) => familyKernel(bound, order),
    float64: () => undefined,
    source: bound,
  };
}

/**
 * What turns the options of a call of this activation into its target.
 *
 * Throws, when called, GeluTypeError for an option that is unknown or of the wrong type, GeluRangeError for a value that is
 * not allowed.
 */
export function resolver<A extends Activation>(definition: A): Resolve<OptionsOf<A>> {
  const names = Object.keys(definition.parameters);
  const standard = onFirstUse(() => familyTarget(bind(definition)));
  const targets = recent<Target>(MAX_TARGETS);
  const make = (options: object): Target => familyTarget(bind(definition, pick(options, names)));
  return (options, extra) => {
    if (options === undefined) return standard();
    requireOptions(options, names, extra);
    let key = '';
    for (const name of names) {
      const value = (options as ParameterValues)[name];
      if (value === undefined) continue;
      if (typeof value !== 'number' && typeof value !== 'string') return make(options); // which refuses it
      key += typeof value === 'number' ? `${name}=${value},` : `${name}='${value}',`;
    }
    return key === '' ? standard() : targets(key, () => make(options));
  };
}

/** The entries of those names that are not undefined. */
function pick(options: object, names: readonly string[]): ParameterValues {
  const given = Object.entries(options).filter(([name, value]) => value !== undefined && names.includes(name));
  return Object.fromEntries(given);
}
