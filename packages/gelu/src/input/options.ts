import {
  APPROXIMATE,
  APPROXIMATE_WORDS,
  type Approximate,
  type ApproximateWord,
} from '../activations/gelu/approximate.js';
import type { Form } from '../activations/gelu/forms.js';
import type { ArrayCall } from '../kernels/dispatch.js';
import { arrayClass, DTYPES, type DType, type TensorData } from '../kernels/dtypes.js';
import { INTEGERS, type Quantization } from '../kernels/lookup.js';
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

/**
 * The form that `options` describe, all values checked. `extra` names the options that the caller handles itself.
 */
export function resolveForm(options: GeluOptions | undefined, extra: readonly string[] = []): Form {
  if (options === undefined) return DEFAULT;
  requireOptions(options, GELU_KEYS, extra);
  const { approximate: word = 'none', mean = 0, std = 1 } = options;
  const approximate = APPROXIMATE.includes(word as Approximate)
    ? (word as Approximate)
    : APPROXIMATE_WORDS.find(([known]) => known === word)?.[1];
  if (approximate === undefined) {
    const allowed = "one of 'none', 'tanh', 'sigmoid'";
    if (typeof word === 'string') throw new GeluRangeError('approximate', allowed, `'${word}'`);
    throw new GeluTypeError('approximate', allowed, describe(word));
  }
  requireNumber('mean', mean, 'finite', Number.isFinite);
  requireNumber('std', std, POSITIVE, isPositive);
  if (approximate !== 'none' && (mean !== 0 || std !== 1)) {
    const [name, value, due] = mean === 0 ? (['std', std, 1] as const) : (['mean', mean, 0] as const);
    throw new GeluRangeError(name, `${due} with approximate '${approximate}'`, String(value));
  }
  return { approximate, mean, std };
}

const POSITIVE = 'finite and greater than 0';
const isPositive = (value: number): boolean => value > 0 && value < Infinity;

function requireNumber(name: string, value: unknown, expected: string, allows: (value: number) => boolean): void {
  if (typeof value !== 'number') throw new GeluTypeError(name, 'a number', describe(value));
  if (!allows(value)) throw new GeluRangeError(name, expected, String(value));
}

/** Throws GeluTypeError unless `options`, which the caller knows as `name`, is an object with no entries but those allowed. */
export function requireOptions(
  options: object,
  own: readonly string[],
  extra: readonly string[] = [],
  name = 'options',
): void {
  if (options === null || typeof options !== 'object') {
    const hint = name === 'options' && typeof options === 'number' ? ' (with map: values.map((x) => f(x)))' : '';
    throw new GeluTypeError(name, `an object${hint}`, describe(options));
  }
  try {
    for (const key in options)
      if (!own.includes(key) && !extra.includes(key) && Object.hasOwn(options, key))
        throw new GeluTypeError(
          `${name}.${key}`,
          `absent: the ${name} are ${own.concat(extra).join(', ') || 'none'}`,
          describe((options as { [key: string]: unknown })[key]),
        );
  } catch (error) {
    if (error instanceof GeluTypeError) throw error;
    throw new GeluTypeError(name, 'readable', describe(options)); // a proxy that throws
  }
}

/** How a call on the typed array `input` reads it: its type of number, precision and quantization, all checked. */
export function resolveCall(input: TensorData, options: CallOptions = {}): ArrayCall {
  const className = arrayClass(input) as string;
  const possible = DTYPES[className];
  const { dtype = possible[1] ? undefined : possible[0], precision = 'correct', quantization } = options;
  if (!possible.includes(dtype as DType)) {
    const allowed = `${possible.map((name) => `'${name}'`).join(' or ')} for a ${className}`;
    throw new GeluTypeError('dtype', allowed, describe(dtype));
  }
  requirePrecision(precision);
  return { dtype: dtype as DType, precision, quantization: readQuantization(dtype as DType, quantization) };
}

/** Throws GeluRangeError unless it is a precision. */
export function requirePrecision(precision: unknown): asserts precision is Precision {
  if (precision !== 'correct' && precision !== 'fast')
    throw new GeluRangeError('precision', "'correct' or 'fast'", describe(precision));
}

/** A plain copy, checked; undefined for the types that have none. */
function readQuantization(dtype: DType, given: Quantization | undefined): Quantization | undefined {
  const range = INTEGERS[dtype];
  if (range === undefined || given === undefined) {
    if (range === given) return undefined;
    const expected = range
      ? `{ scale, zeroPoint } for ${dtype}`
      : 'absent unless the input is an Int8Array or Uint8Array';
    throw new GeluTypeError('quantization', expected, describe(given));
  }
  requireOptions(given, ['scale', 'zeroPoint', 'outputScale', 'outputZeroPoint'], [], 'quantization');
  const { scale, zeroPoint, outputScale = scale, outputZeroPoint = zeroPoint } = given;
  const copy = { scale, zeroPoint, outputScale, outputZeroPoint };
  const [least, largest] = range;
  const isInRange = (value: number): boolean => Number.isInteger(value) && value >= least && value <= largest;
  for (const [key, value] of Object.entries(copy)) {
    const name = `quantization.${key}`;
    if (key.endsWith('cale')) requireNumber(name, value, POSITIVE, isPositive);
    else requireNumber(name, value, `an integer from ${least} to ${largest}`, isInRange);
  }
  return copy;
}
