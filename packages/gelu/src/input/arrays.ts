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
    throw new GeluTypeError(argument, 'backed by memory', 'an array whose buffer is detached or too short');
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
export function outputFor<T extends TensorData>(out: unknown, input: T, ...others: TensorData[]): T {
  if (out === undefined) return arrayLike(input, plain(input).length);
  requireLike(out, input, 'out');
  requireNoShift(input, out as T);
  for (const read of others) requireNoShift(read, out as T);
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
  throw new GeluTypeError('input', "of a class whose arrays are made by their length (or give 'out')", describe(input));
}

/** Throws if `out` shares memory with an array that is read, `name` in messages. */
export function requireApart(read: ArrayBufferView, out: ArrayBufferView, name: string): void {
  if (overlap(read, out)) throw new GeluRangeError('out', `memory apart from ${name}`, 'an array that overlaps it');
}

/** Whether two arrays have bytes in common. */
function overlap(a: ArrayBufferView, b: ArrayBufferView): boolean {
  return (
    a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength
  );
}

function requireNoShift(input: TensorData, out: TensorData): void {
  if (input.byteOffset === out.byteOffset && input.byteLength === out.byteLength) return;
  if (overlap(input, out))
    throw new GeluRangeError(
      'out',
      'the input itself or memory that does not overlap it',
      `an array that overlaps it, shifted by ${Math.abs(input.byteOffset - out.byteOffset)} bytes`,
    );
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

/** f over a number or nested arrays and gradOutput, which has their shape. */
export function mapPairs(
  input: number | unknown[],
  gradOutput: unknown,
  f: (x: number, gradOutput: number) => number,
): number | unknown[] {
  if (typeof input !== 'number') return mapNested(input, f, true, gradOutput);
  if (typeof gradOutput !== 'number')
    throw new GeluTypeError('gradOutput', 'a number like the input', describe(gradOutput));
  return f(input, gradOutput);
}

/** f over nested arrays; with `paired`, over the input and the elements of gradOutput, which has its shape. */
export function mapNested(
  input: readonly unknown[],
  f: (x: number, gradOutput: number) => number,
  paired = false,
  gradOutput?: unknown,
  path: readonly number[] = [],
): unknown[] {
  if (path.length >= MAX_DEPTH)
    throw new GeluRangeError('input', `nested at most ${MAX_DEPTH} deep`, 'a deeper (or cyclic) array');
  const at = (name: string, ...rest: number[]): string => name + [...path, ...rest].map((i) => `[${i}]`).join('');
  if (paired && !isArray(gradOutput))
    throw new GeluTypeError(
      at('gradOutput'),
      `an array of length ${input.length} like the input`,
      describe(gradOutput),
    );
  if (paired) requireLength(gradOutput as ArrayLike<unknown>, input.length, at('gradOutput'));
  // Array.from, not map: it visits holes too, so that they are refused.
  return Array.from(input, (x, i) => {
    const g = paired && (gradOutput as unknown[])[i];
    if (isArray(x)) return mapNested(x, f, paired, g, [...path, i]);
    if (typeof x !== 'number') throw new GeluTypeError(at('input', i), 'a number or an array of numbers', describe(x));
    if (paired && typeof g !== 'number')
      throw new GeluTypeError(at('gradOutput', i), 'a number like the input', describe(g));
    return f(x, g as number);
  });
}
