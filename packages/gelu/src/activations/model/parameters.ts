import { describe, GeluRangeError, GeluTypeError } from '../../shared/errors.js';

/** The values of an activation's parameters, by name. */
export type ParameterValues = { readonly [name: string]: number | string };

/** Values of parameters as callers give them: of those with words of other frameworks those words, too. */
export type GivenParameters = { readonly [name: string]: number | string | boolean | undefined };

/** A parameter: what it is by default, what it does and which values it may have. */
export interface ParameterSpec<T extends number | string = number | string> {
  readonly default: T;
  readonly description: string;
  /** The allowed values in words, as they stand in error messages. */
  readonly expected: string;
  /** The allowed strings; absent for a number. */
  readonly choices?: readonly T[];
  /** What else is understood: words of other frameworks, each with the choice that it means. */
  readonly words?: readonly (readonly [string | boolean, T])[];
  /** PyTorch's layer does not have it: ours prints it only where it is not the default. */
  readonly extra?: boolean;
  /** Whether a value of the right type is allowed. */
  allows(value: T): boolean;
}

/** The parameters of an activation, in the order in which they are printed. */
export type ParameterSpecs<P extends ParameterValues> = { readonly [K in keyof P]: ParameterSpec<P[K]> };

/** A finite number. */
/* @__NO_SIDE_EFFECTS__ */
export function real(value: number, description: string): ParameterSpec<number> {
  return { default: value, description, expected: 'finite', allows: Number.isFinite };
}

/** A finite number greater than 0. */
/* @__NO_SIDE_EFFECTS__ */
export function positive(value: number, description: string): ParameterSpec<number> {
  const allows = (v: number): boolean => v > 0 && v < Infinity;
  return { default: value, description, expected: 'finite and greater than 0', allows };
}

/** A finite number other than 0. */
/* @__NO_SIDE_EFFECTS__ */
export function nonZero(value: number, description: string): ParameterSpec<number> {
  const allows = (v: number): boolean => v !== 0 && Number.isFinite(v);
  return { default: value, description, expected: 'finite and not 0', allows };
}

/** A finite number from `least` to `most`. */
/* @__NO_SIDE_EFFECTS__ */
export function between(least: number, most: number, value: number, description: string): ParameterSpec<number> {
  const allows = (v: number): boolean => v >= least && v <= most;
  return { default: value, description, expected: `from ${least} to ${most}`, allows };
}

/** A finite number of at least `least`. */
/* @__NO_SIDE_EFFECTS__ */
export function atLeast(least: number, value: number, description: string): ParameterSpec<number> {
  const allows = (v: number): boolean => v >= least && v < Infinity;
  return { default: value, description, expected: `finite and at least ${least}`, allows };
}

/** A finite number below 0. */
/* @__NO_SIDE_EFFECTS__ */
export function negative(value: number, description: string): ParameterSpec<number> {
  const allows = (v: number): boolean => v < 0 && v > -Infinity;
  return { default: value, description, expected: 'finite and less than 0', allows };
}

/** A number, or Infinity. */
/* @__NO_SIDE_EFFECTS__ */
export function extended(value: number, description: string): ParameterSpec<number> {
  return { default: value, description, expected: 'a number or Infinity', allows: (v) => v > -Infinity };
}

/** One of a few strings, of which the first is the default; `words` of other frameworks mean one of them. */
/* @__NO_SIDE_EFFECTS__ */
export function choice<T extends string>(
  choices: readonly T[],
  description: string,
  words: readonly (readonly [string | boolean, T])[] = [],
): ParameterSpec<T> {
  const expected = `one of ${choices.map((name) => `'${name}'`).join(', ')}`;
  return { default: choices[0], description, expected, choices, words, allows: (v) => choices.includes(v) };
}

/** A parameter that PyTorch's layer does not have. */
/* @__NO_SIDE_EFFECTS__ */
export function extra<T extends number | string>(spec: ParameterSpec<T>): ParameterSpec<T> {
  return { ...spec, extra: true };
}

/** All parameters: those given, checked, and the defaults of the others. */
export function checkParameters<P extends ParameterValues>(specs: ParameterSpecs<P>, given: Partial<P>): P {
  if (given === null || typeof given !== 'object') throw new GeluTypeError('parameters', 'an object', describe(given));
  const names = Object.keys(specs);
  for (const [name, value] of Object.entries(given))
    if (!names.includes(name))
      throw new GeluTypeError(
        name,
        names.length > 0 ? `absent: the parameters are ${names.join(', ')}` : 'absent: there are no parameters',
        describe(value),
      );
  const complete: Record<string, number | string> = {};
  for (const name of names) {
    const spec: ParameterSpec = specs[name];
    const value = meantBy(spec, given[name]);
    if (typeof value !== typeof spec.default)
      throw new GeluTypeError(name, spec.choices ? spec.expected : 'a number', describe(value));
    if (!spec.allows(value)) throw new GeluRangeError(name, spec.expected, spec.choices ? `'${value}'` : String(value));
    complete[name] = value;
  }
  return complete as P;
}

/** The value that is meant: the default for undefined, the choice that a word stands for. */
function meantBy(spec: ParameterSpec, given: number | string | undefined): number | string {
  if (given === undefined) return spec.default;
  return spec.words?.find(([word]) => word === given)?.[1] ?? given;
}
