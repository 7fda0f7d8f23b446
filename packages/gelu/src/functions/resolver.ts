import { type Activation, type Bound, bind } from '../activations/model/activation.js';
import type { ParameterValues } from '../activations/model/parameters.js';
import { requireOptions } from '../input/options.js';
import type { Resolve } from '../input/prepare.js';
import { keptKernel, type MakeKernel } from '../kernels/family/kept.js';
import type { Target } from '../kernels/target.js';
import { keptFor, onFirstUse, recent } from '../shared/cache.js';

/** The entries of P that are named, all optional: what an activation's options may say. */
export type OptionsOf<A> =
  A extends Activation<infer P>
    ? { readonly [K in keyof P as string extends K ? never : K]?: P[K] | undefined }
    : never;

/** Parameters that were used last, for each activation: a call with options finds its kernels as fast as one without. */
const MAX_TARGETS = 16;

let count = 0;
/** A number for each definition, since two of the user's may share a name. */
const numberOf = keptFor((_definition: Activation) => count++);

/** A name for an activation with its parameters, under which tables are kept. */
export function keyOf(bound: Bound): string {
  return `${bound.key} #${numberOf(bound.definition)}`;
}

/** An activation with its parameters as the back ends take it; `make` makes its float32 kernels. */
function familyTarget(bound: Bound, make: MakeKernel): Target {
  const kernels: { kernel: ReturnType<MakeKernel> }[] = [];
  return {
    key: keyOf(bound),
    evaluate: bound.evaluate,
    scalar: (order) => (x) => bound.evaluate(order, x),
    float32: (order) => {
      kernels[order] ??= { kernel: keptKernel(make, bound, order) };
      return kernels[order].kernel;
    },
    float64: () => undefined,
    source: bound,
  };
}

/**
 * What turns the options of a call of this activation into its target, whose float32 kernels `make` makes.
 *
 * Throws, when called, GeluTypeError for an option that is unknown or of the wrong type, GeluRangeError for a value that is
 * not allowed.
 */
export function resolver<A extends Activation>(definition: A, make: MakeKernel): Resolve<OptionsOf<A>> {
  const names = Object.keys(definition.parameters);
  const standard = onFirstUse(() => familyTarget(bind(definition), make));
  const targets = recent<Target>(MAX_TARGETS);
  let last: { readonly values: readonly unknown[]; readonly target: Target } | undefined;
  return (options, extra) => {
    if (options === undefined) return standard();
    requireOptions(options, names, extra);
    let values: unknown[] | undefined;
    for (let i = 0; i < names.length; i++) {
      const value = (options as ParameterValues)[names[i]];
      if (value !== undefined) {
        values ??= new Array(names.length).fill(undefined);
        values[i] = value;
      }
    }
    if (values === undefined) return standard();
    if (last && values.every((value, i) => Object.is(value, last?.values[i]))) return last.target;
    const given = Object.fromEntries(names.map((name, i) => [name, (values as unknown[])[i]])) as ParameterValues;
    const target = () => familyTarget(bind(definition, given), make);
    // What is an object or the like is refused.
    const plain = values.every((value) => value === undefined || /^(number|string|boolean)$/.test(typeof value));
    const key = plain ? JSON.stringify(values.map((value) => (typeof value === 'number' ? `${value}` : [value]))) : '';
    last = { values, target: plain ? targets(key, target) : target() };
    return last.target;
  };
}
