import { describe, GeluRangeError, GeluTypeError } from './errors.js';

/** The typed arrays that the functions take, and return in kind. */
export type FloatArray = Float32Array | Float64Array;

/** Numbers nested in arrays to any depth; rows may differ in length. */
export type NestedArray = readonly (number | NestedArray)[];

/** The type of the result for an input of type T: the same nesting, writable; the same typed array. */
export type Like<T> = T extends number
  ? number
  : T extends FloatArray
    ? T
    : T extends readonly (infer U)[]
      ? Like<U>[]
      : never;

const INPUT = 'a number, an array of numbers (nested to any depth), a Float32Array or a Float64Array';

export function isFloatArray(value: unknown): value is FloatArray {
  return value instanceof Float32Array || value instanceof Float64Array;
}

/** Throws if `array` has lost its memory: transferred, or out of the bounds of a shrunken buffer. */
export function requireAttached(array: FloatArray, argument: string): void {
  try {
    array.keys(); // every method of a typed array validates it
  } catch {
    throw new GeluTypeError(argument, 'backed by memory', 'an array whose buffer is detached or too short');
  }
}

/** `out`, checked against `input`: same type and length, and the same memory or memory apart; or a new array. */
export function outputFor<T extends FloatArray>(input: T, out: T | undefined, also?: T): T {
  if (out === undefined) return new (input.constructor as new (length: number) => T)(input.length);
  const type = input instanceof Float32Array ? 'Float32Array' : 'Float64Array';
  if (!isFloatArray(out) || out instanceof Float32Array !== input instanceof Float32Array)
    throw new GeluTypeError('out', `a ${type} like the input`, describe(out));
  requireAttached(out, 'out');
  requireLength(out, input.length, 'out');
  requireNoShift(input, out);
  if (also !== undefined) requireNoShift(also, out);
  return out;
}

export function requireLength(array: FloatArray, length: number, argument: string): void {
  if (array.length !== length)
    throw new GeluRangeError(argument, `of length ${length}, as the input is`, `length ${array.length}`);
}

function requireNoShift(input: FloatArray, out: FloatArray): void {
  if (input.buffer !== out.buffer || input.byteOffset === out.byteOffset) return;
  const distance = Math.abs(input.byteOffset - out.byteOffset);
  if (distance < input.byteLength)
    throw new GeluRangeError(
      'out',
      'the input itself or memory that does not overlap it',
      `an array that overlaps it, shifted by ${distance} bytes`,
    );
}

/**
 * f over a number, nested arrays or a typed array; the one place where the kinds of input are told apart.
 * A typed array goes to `kernel` whole.
 */
export function mapInput(
  input: unknown,
  out: unknown,
  f: (x: number) => number,
  kernel: (input: FloatArray, out: FloatArray) => void,
): unknown {
  if (isFloatArray(input)) {
    requireAttached(input, 'input');
    const result = outputFor(input, out as FloatArray | undefined);
    kernel(input, result);
    return result;
  }
  refuseOut(out);
  if (typeof input === 'number') return f(input);
  if (Array.isArray(input)) return mapNested(input, undefined, 'input', (x) => f(x));
  throw new GeluTypeError('input', INPUT, describe(input));
}

/** The same for two inputs of one shape: `gradOutput` and `input`. */
export function mapPair(
  gradOutput: unknown,
  input: unknown,
  out: unknown,
  f: (gradOutput: number, x: number) => number,
  kernel: (gradOutput: FloatArray, input: FloatArray, out: FloatArray) => void,
): unknown {
  if (isFloatArray(input)) {
    requireAttached(input, 'input');
    if (!isFloatArray(gradOutput) || gradOutput instanceof Float32Array !== input instanceof Float32Array)
      throw new GeluTypeError(
        'gradOutput',
        `a ${input instanceof Float32Array ? 'Float32Array' : 'Float64Array'} like the input`,
        describe(gradOutput),
      );
    requireAttached(gradOutput, 'gradOutput');
    requireLength(gradOutput, input.length, 'gradOutput');
    const result = outputFor(input, out as FloatArray | undefined, gradOutput);
    kernel(gradOutput, input, result);
    return result;
  }
  refuseOut(out);
  if (typeof input === 'number') {
    if (typeof gradOutput !== 'number')
      throw new GeluTypeError('gradOutput', 'a number like the input', describe(gradOutput));
    return f(gradOutput, input);
  }
  if (Array.isArray(input)) return mapNested(input, gradOutput, 'input', (x, g) => f(g, x));
  throw new GeluTypeError('input', INPUT, describe(input));
}

function refuseOut(out: unknown): void {
  if (out !== undefined) throw new GeluTypeError('out', 'absent unless the input is a typed array', describe(out));
}

const MAX_DEPTH = 64;

/** Walks `input`, and with it `other` where that is given, which must then have the same shape. */
function mapNested(
  input: readonly unknown[],
  other: unknown,
  path: string,
  f: (x: number, other: number) => number,
  depth = 1,
): unknown[] {
  const otherPath = path.replace('input', 'gradOutput');
  if (depth > MAX_DEPTH)
    throw new GeluRangeError('input', `nested at most ${MAX_DEPTH} deep`, 'a deeper (or cyclic) array');
  if (other !== undefined && !Array.isArray(other))
    throw new GeluTypeError(otherPath, `an array of length ${input.length} like the input`, describe(other));
  if (Array.isArray(other) && other.length !== input.length)
    throw new GeluRangeError(otherPath, `of length ${input.length}, as the input is`, `length ${other.length}`);
  // Array.from, not map, visits holes too, so that they are refused.
  return Array.from(input, (x, i) => {
    const y = Array.isArray(other) ? other[i] : undefined;
    if (Array.isArray(x)) {
      if (Array.isArray(other) && y === undefined)
        throw new GeluTypeError(`${otherPath}[${i}]`, 'an array like the input', 'undefined');
      return mapNested(x, y, `${path}[${i}]`, f, depth + 1);
    }
    if (typeof x !== 'number') throw new GeluTypeError(`${path}[${i}]`, 'a number or an array of numbers', describe(x));
    if (Array.isArray(other) && typeof y !== 'number')
      throw new GeluTypeError(`${otherPath}[${i}]`, 'a number like the input', describe(y));
    return f(x, y as number);
  });
}
