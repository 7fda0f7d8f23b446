import { arrayClass, DTYPES, plain, type TensorData } from '../kernels/dtypes.js';
import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';

/** Numbers nested in arrays to any depth; rows may differ in length. */
export type NestedArray = readonly (number | NestedArray)[];

/** The type of the result for an input of type T: the same nesting, writable; the same typed array. */
export type Like<T> = T extends number
  ? number
  : T extends TensorData
    ? T
    : T extends readonly (infer U)[]
      ? Like<U>[]
      : never;

/** `array`, which must be of the class of `input` and have its memory, as an array of the language's own. */
export function requireSameClass<T extends TensorData>(array: unknown, input: T, argument: string): T {
  const wanted = arrayClass(input) as string;
  if (arrayClass(array) !== wanted) throw new GeluTypeError(argument, `a ${wanted} like the input`, describe(array));
  const own = plain(array as T);
  requireAttached(own, argument);
  return own;
}

/** Likewise, of the input's length or another one. */
export function requireLike<T extends TensorData>(
  array: unknown,
  input: T,
  argument: string,
  length: number = plain(input).length,
  reason?: string,
): T {
  const own = requireSameClass(array, input, argument);
  requireLength(own, length, argument, reason);
  return own;
}

/** Throws if `array` has lost its memory: transferred, or out of the bounds of a shrunken buffer. */
export function requireAttached(array: TensorData, argument: string): void {
  if (array.length > 0) return;
  try {
    Uint8Array.prototype.keys.call(array); // every method of a typed array validates it
  } catch {
    throw new GeluTypeError(argument, 'backed by memory', 'an array whose buffer is detached');
  }
}

export function requireLength(
  array: ArrayLike<unknown>,
  length: number,
  argument: string,
  reason = 'as the input is',
): void {
  if (array.length !== length)
    throw new GeluRangeError(argument, `of length ${length}, ${reason}`, `length ${array.length}`);
}

/**
 * `out`, checked against the arrays that are read: the first one's class and length, and for each of them the same
 * memory or memory apart; or a new array.
 */
export function outputFor<T extends TensorData>(out: unknown, input: T, ...others: (TensorData | undefined)[]): T {
  if (out === undefined) return arrayLike(input, plain(input).length);
  requireLike(out, input, 'out');
  requireNoShift(input, out as T);
  for (const read of others) if (read) requireNoShift(read, out as T);
  return out as T;
}

/** A new array of the class of `input`, a user's own class too if it can be made by its length, as the language's methods do it. */
export function arrayLike<T extends TensorData>(input: T, length: number): T {
  const given = input.constructor as Float32ArrayConstructor;
  try {
    const made = new ((given as { [Symbol.species]?: Float32ArrayConstructor })[Symbol.species] ?? given)(
      length,
    ) as TensorData;
    if (arrayClass(made) === arrayClass(input) && plain(made).length === length) return made as T;
  } catch {
    // said below
  }
  throw new GeluTypeError('input', "of a class that makes arrays by their length (or give 'out')", describe(input));
}

/** Throws if `out` has bytes in common with an array that is read, `name` in messages. */
export function requireApart(a: ArrayBufferView, out: ArrayBufferView, name: string): void {
  if (
    a.buffer === out.buffer &&
    a.byteOffset < out.byteOffset + out.byteLength &&
    out.byteOffset < a.byteOffset + a.byteLength
  )
    throw new GeluRangeError('out', `memory apart from ${name}`, 'an array that overlaps it');
}

function requireNoShift(input: TensorData, out: TensorData): void {
  if (input.byteOffset !== out.byteOffset || input.byteLength !== out.byteLength)
    requireApart(input, out, 'what is read, or that memory itself');
}

/** Whether it is an array, whatever proxy it may be. */
export function isArray(value: unknown): value is unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false; // a proxy that was revoked
  }
}

const MAX_DEPTH = 64;

/** Throws unless the input is one of what is no typed array. */
export function requireNumbers(input: unknown): asserts input is number | unknown[] {
  if (typeof input === 'number' || isArray(input)) return;
  const classes = Object.keys(DTYPES).join(', ');
  throw new GeluTypeError(
    'input',
    `a number, an array of numbers (nested to any depth), or a ${classes}`,
    describe(input),
  );
}

/**
 * f over a number or numbers nested in arrays; with `paired`, over them and those of gradOutput, which has their shape.
 *
 * @throws GeluTypeError, GeluRangeError that name the element.
 */
export function mapNested(
  input: number | readonly unknown[],
  f: (x: number, gradOutput: number) => number,
  paired = false,
  gradOutput?: unknown,
): number | unknown[] {
  const path: number[] = [];
  const at = (name: string, depth: number): string =>
    name +
    path
      .slice(0, depth)
      .map((i) => `[${i}]`)
      .join('');
  const visit = (x: unknown, g: unknown, depth: number): number | unknown[] => {
    if (typeof x === 'number') {
      if (paired && typeof g !== 'number')
        throw new GeluTypeError(at('gradOutput', depth), 'a number like the input', describe(g));
      return f(x, g as number);
    }
    if (!isArray(x)) throw new GeluTypeError(at('input', depth), 'a number or an array of numbers', describe(x));
    if (depth >= MAX_DEPTH)
      throw new GeluRangeError('input', `nested at most ${MAX_DEPTH} deep`, 'a deeper (or cyclic) array');
    if (paired) {
      const name = at('gradOutput', depth);
      if (!isArray(g)) throw new GeluTypeError(name, `an array of length ${x.length} like the input`, describe(g));
      requireLength(g, x.length, name);
    }
    // Array.from, not map: it visits holes too, so that they are refused.
    return Array.from(x, (value, i) => {
      path[depth] = i;
      return visit(value, paired && (g as unknown[])[i], depth + 1);
    });
  };
  return visit(input, gradOutput, 0);
}
