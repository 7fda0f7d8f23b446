import { arrayClass, DTYPES, type TensorData } from '../kernels/dtypes.js';
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

/** What the functions take, for messages. */
export const INPUT: string = `a number, an array of numbers (nested to any depth), or a ${Object.keys(DTYPES).join(', ')}`;

/** Throws if `array` is no typed array of the class of `input`, or has lost its memory. */
export function requireSameClass(array: unknown, input: TensorData, argument: string): void {
  const wanted = arrayClass(input) as string;
  if (arrayClass(array) !== wanted) throw new GeluTypeError(argument, `a ${wanted} like the input`, describe(array));
  requireAttached(array as TensorData, argument);
}

/** Throws if `array` has lost its memory: transferred, or out of the bounds of a shrunken buffer. */
export function requireAttached(array: TensorData, argument: string): void {
  try {
    (array as Uint8Array).keys(); // every method of a typed array validates it
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
  if (out === undefined) return new (input.constructor as new (length: number) => T)(input.length);
  requireSameClass(out, input, 'out');
  requireLength(out as T, input.length, 'out');
  for (const read of [input, ...others]) requireNoShift(read, out as T);
  return out as T;
}

function requireNoShift(input: TensorData, out: TensorData): void {
  if (input.buffer !== out.buffer || (input.byteOffset === out.byteOffset && input.byteLength === out.byteLength))
    return;
  const end = (array: TensorData) => array.byteOffset + array.byteLength;
  if (input.byteOffset < end(out) && out.byteOffset < end(input))
    throw new GeluRangeError(
      'out',
      'the input itself or memory that does not overlap it',
      `an array that overlaps it, shifted by ${Math.abs(input.byteOffset - out.byteOffset)} bytes`,
    );
}

const MAX_DEPTH = 64;

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
  if (paired && !Array.isArray(gradOutput))
    throw new GeluTypeError(
      at('gradOutput'),
      `an array of length ${input.length} like the input`,
      describe(gradOutput),
    );
  if (paired) requireLength(gradOutput as ArrayLike<unknown>, input.length, at('gradOutput'));
  // Array.from, not map: it visits holes too, so that they are refused.
  return Array.from(input, (x, i) => {
    const g = paired && (gradOutput as unknown[])[i];
    if (Array.isArray(x)) return mapNested(x, f, paired, g, [...path, i]);
    if (typeof x !== 'number') throw new GeluTypeError(at('input', i), 'a number or an array of numbers', describe(x));
    if (paired && typeof g !== 'number')
      throw new GeluTypeError(at('gradOutput', i), 'a number like the input', describe(g));
    return f(x, g as number);
  });
}
