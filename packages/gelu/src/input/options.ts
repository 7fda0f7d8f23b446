import {
  APPROXIMATE,
  APPROXIMATE_WORDS,
  type Approximate,
  type ApproximateWord,
} from '../activations/gelu/approximate.js';
import type { Form } from '../activations/gelu/forms.js';
import type { ArrayCall } from '../kernels/dispatch.js';
import { arrayClass, DTYPES, type DType, type TensorData } from '../kernels/dtypes.js';
import type { Quantization } from '../kernels/lookup.js';
import type { Precision } from '../kernels/wasm/modules.js';
import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';

/** Which GELU is meant. */
export interface GeluOptions {
  /**
   * 'none' (default): x·Φ(x). 'tanh': ½x·(1 + tanh(√(2/π)(x + 0.044715x³))), GPT-2's and BERT's `gelu_new`.
   * 'sigmoid': x·σ(1.702x), CLIP's QuickGELU. As Keras, TensorFlow and JAX write it: true for 'tanh', false for 'none';
   * as MLX does: 'precise' for 'tanh', 'fast' for 'sigmoid'.
   */
  readonly approximate?: ApproximateWord | undefined;
  /** The general form x·P(X ≤ x), X ~ N(mean, std²); for 'none'. Default 0. */
  readonly mean?: number | undefined;
  /** Standard deviation of that X, above 0; for 'none'. Default 1; towards 0 the function becomes ReLU. */
  readonly std?: number | undefined;
}

/** Options of a call on a typed array: how it is read and where the result goes. */
export interface CallOptions<T = TensorData> {
  /**
   * Where the result goes: an array of the input's class and length. It may be the input itself (in place) or memory
   * apart from it; partly overlapping memory is refused. Default: a new array.
   */
  readonly out?: T | undefined;
  /** What the bits of a Uint16Array are: 'float16' or 'bfloat16'. For other arrays their class says it. */
  readonly dtype?: DType | undefined;
  /** Scale and zero point of an Int8Array or Uint8Array, which need them. */
  readonly quantization?: Quantization | undefined;
  /**
   * float32 only. 'correct' (default): the float32 nearest to the exact value, the same bits everywhere. 'fast': within
   * 1 ULP of it, about twice as fast.
   */
  readonly precision?: 'correct' | 'fast' | undefined;
}

/** Options of GELU's functions: which GELU, and for typed arrays how they are read and where the result goes. */
export interface GeluCallOptions<T = TensorData> extends GeluOptions, CallOptions<T> {}

const DEFAULT: Form = { approximate: 'none', mean: 0, std: 1 };
const GELU_KEYS: readonly string[] = ['approximate', 'mean', 'std'];
/** The options of a call that are not the function's. */
export const CALL_KEYS: readonly string[] = ['out', 'dtype', 'quantization', 'precision'];

/** The form that a word means; undefined if it means none. */
function formOf(word: ApproximateWord): Approximate | undefined {
  return APPROXIMATE.includes(word as Approximate)
    ? (word as Approximate)
    : APPROXIMATE_WORDS.find(([known]) => known === word)?.[1];
}

/**
 * The form that `options` describe, all values checked. `extra` names the options that the caller handles itself.
 */
export function resolveForm(options: GeluOptions | undefined, extra: readonly string[] = []): Form {
  if (options === undefined) return DEFAULT;
  requireOptions(options, GELU_KEYS, extra);
  const { approximate: word = 'none', mean = 0, std = 1 } = options;
  const approximate = formOf(word);
  if (approximate === undefined) {
    const allowed = `one of ${APPROXIMATE.map((name) => `'${name}'`).join(', ')}`;
    if (typeof word === 'string') throw new GeluRangeError('approximate', allowed, `'${word}'`);
    throw new GeluTypeError('approximate', allowed, describe(word));
  }
  requireNumber('mean', mean);
  requireNumber('std', std);
  if (!Number.isFinite(mean)) throw new GeluRangeError('mean', 'finite', String(mean));
  if (!(std > 0 && std < Infinity)) throw new GeluRangeError('std', 'finite and greater than 0', String(std));
  if (approximate !== 'none' && (mean !== 0 || std !== 1)) {
    const [name, value, due] = mean !== 0 ? ['mean', mean, 0] : ['std', std, 1];
    const expected = `${due} with approximate '${approximate}': only 'none' has a general form`;
    throw new GeluRangeError(name as string, expected, String(value));
  }
  return { approximate, mean, std };
}

function requireNumber(name: string, value: unknown): asserts value is number {
  if (typeof value !== 'number') throw new GeluTypeError(name, 'a number', describe(value));
}

/** Throws GeluTypeError unless `options`, which the caller knows as `name`, is an object with no entries but those allowed. */
export function requireOptions(
  options: object,
  own: readonly string[],
  extra: readonly string[] = [],
  name = 'options',
): void {
  if (options === null || typeof options !== 'object') {
    const hint = typeof options === 'number' ? ' (with map: values.map((x) => f(x)), or f(values) at once)' : '';
    throw new GeluTypeError(name, `an object${hint}`, describe(options));
  }
  try {
    for (const key in options)
      if (!own.includes(key) && !extra.includes(key) && Object.hasOwn(options, key))
        throw unknown(own.concat(extra), key, (options as { [key: string]: unknown })[key], name);
  } catch (error) {
    if (error instanceof GeluTypeError) throw error;
    throw new GeluTypeError(name, 'readable', describe(options)); // a proxy that throws
  }
}

function unknown(allowed: readonly string[], key: string, value: unknown, name: string): GeluTypeError {
  const known = allowed.length > 0 ? `the ${name} are ${allowed.join(', ')}` : `there are no ${name}`;
  return new GeluTypeError(`${name}.${key}`, `absent: ${known}`, describe(value));
}

/** How a call on the typed array `input` reads it: its type of number, precision and quantization, all checked. */
export function resolveCall(input: TensorData, options: CallOptions = {}): ArrayCall {
  const className = arrayClass(input) as string;
  const possible = DTYPES[className];
  const { dtype = possible.length === 1 ? possible[0] : undefined, precision = 'correct', quantization } = options;
  if (dtype === undefined || !possible.includes(dtype))
    throw new GeluTypeError(
      'dtype',
      `${possible.map((name) => `'${name}'`).join(' or ')} for a ${className}`,
      describe(dtype),
    );
  requirePrecision(precision);
  if (dtype === 'int8' || dtype === 'uint8')
    return { dtype, precision, quantization: readQuantization(dtype, quantization) };
  if (quantization !== undefined)
    throw new GeluTypeError(
      'quantization',
      'absent unless the input is an Int8Array or Uint8Array',
      describe(quantization),
    );
  return { dtype, precision, quantization };
}

/** Throws GeluRangeError unless it is a precision. */
export function requirePrecision(precision: unknown): asserts precision is Precision {
  if (precision !== 'correct' && precision !== 'fast')
    throw new GeluRangeError('precision', "'correct' or 'fast'", describe(precision));
}

/** A plain copy, checked. */
function readQuantization(dtype: 'int8' | 'uint8', quantization: Quantization | undefined): Quantization {
  if (quantization === undefined)
    throw new GeluTypeError('quantization', `{ scale, zeroPoint } for ${dtype}`, describe(quantization));
  requireOptions(quantization, ['scale', 'zeroPoint', 'outputScale', 'outputZeroPoint'], [], 'quantization');
  const { scale, zeroPoint, outputScale = scale, outputZeroPoint = zeroPoint } = quantization;
  const [least, largest] = dtype === 'int8' ? [-128, 127] : [0, 255];
  const copy = { scale, zeroPoint, outputScale, outputZeroPoint };
  for (const [key, value] of Object.entries(copy)) {
    const name = `quantization.${key}`;
    requireNumber(name, value);
    const isScale = /scale/i.test(key);
    if (isScale ? value > 0 && value < Infinity : Number.isInteger(value) && value >= least && value <= largest)
      continue;
    const expected = isScale ? 'finite and greater than 0' : `an integer from ${least} to ${largest}`;
    throw new GeluRangeError(name, expected, String(value));
  }
  return copy;
}
