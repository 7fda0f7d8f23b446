import { describe, GeluRangeError, GeluTypeError } from './errors.js';
import { arrayClass, type TensorData } from './kinds.js';

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
export const INPUT: string =
  'a number, an array of numbers (nested to any depth), or a Float64Array, Float32Array, Float16Array, ' +
  'Uint16Array (float16 or bfloat16 bits), Int8Array or Uint8Array (quantized)';

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

export function requireLength(array: TensorData, length: number, argument: string, reason = 'as the input is'): void {
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

/** f over nested arrays. */
export function mapNested(
  input: readonly unknown[],
  f: (x: number) => number,
  path: readonly number[] = [],
): unknown[] {
  requireDepth(path);
  // Array.from, not map: it visits holes too, so that they are refused.
  return Array.from(input, (x, i) => {
    if (typeof x === 'number') return f(x);
    if (Array.isArray(x)) return mapNested(x, f, [...path, i]);
    throw new GeluTypeError(at('input', path, i), 'a number or an array of numbers', describe(x));
  });
}

/** f over two nested arrays of one shape. */
export function mapNestedPair(
  gradOutput: unknown,
  input: readonly unknown[],
  f: (gradOutput: number, x: number) => number,
  path: readonly number[] = [],
): unknown[] {
  requireDepth(path);
  if (!Array.isArray(gradOutput))
    throw new GeluTypeError(
      at('gradOutput', path),
      `an array of length ${input.length} like the input`,
      describe(gradOutput),
    );
  if (gradOutput.length !== input.length)
    throw new GeluRangeError(
      at('gradOutput', path),
      `of length ${input.length}, as the input is`,
      `length ${gradOutput.length}`,
    );
  return Array.from(input, (x, i) => {
    const g: unknown = gradOutput[i];
    if (Array.isArray(x)) return mapNestedPair(g, x, f, [...path, i]);
    if (typeof x !== 'number')
      throw new GeluTypeError(at('input', path, i), 'a number or an array of numbers', describe(x));
    if (typeof g !== 'number')
      throw new GeluTypeError(at('gradOutput', path, i), 'a number like the input', describe(g));
    return f(g, x);
  });
}

const at = (name: string, path: readonly number[], ...rest: number[]): string =>
  name + [...path, ...rest].map((i) => `[${i}]`).join('');

function requireDepth(path: readonly number[]): void {
  if (path.length >= MAX_DEPTH)
    throw new GeluRangeError('input', `nested at most ${MAX_DEPTH} deep`, 'a deeper (or cyclic) array');
}
