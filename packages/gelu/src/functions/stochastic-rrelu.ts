import { bind } from '../activations/model/activation.js';
import { rrelu } from '../activations/rrelu.js';
import { outputFor, requireAttached, requireLike } from '../input/arrays.js';
import { requireOptions } from '../input/options.js';
import { arrayClass, type DType, SMALL_FLOATS, type TensorData } from '../kernels/dtypes.js';
import { numberReader, numberWriter } from '../kernels/reader.js';
import { uniforms } from '../numerics/philox.js';
import { decode, encode } from '../numerics/small-floats.js';
import { describe, GeluTypeError } from '../shared/errors.js';
import type { Floats } from '../shared/globals.js';
import { requireCount, requireFloating } from './stochastic.js';

/** Options of {@link stochasticRrelu}. */
export interface StochasticRreluOptions<T = TensorData> {
  /** The least and the largest slope; defaults ⅛ and ⅓. */
  readonly lower?: number | undefined;
  readonly upper?: number | undefined;
  /** Names the random numbers; an integer from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** Which call with this seed it is, an integer from 0; default 0. Other calls have other numbers. */
  readonly call?: number | undefined;
  /** The number of the first element; default 0. Work on parts of an array with their offsets gives what the whole gives. */
  readonly offset?: number | undefined;
  /** Where the result goes; it may be the input. Default: a new array. */
  readonly out?: T | undefined;
  /** What the bits of a Uint16Array are: 'float16' or 'bfloat16'. */
  readonly dtype?: DType | undefined;
}

const KEYS: readonly string[] = ['lower', 'upper', 'seed', 'call', 'offset', 'out', 'dtype'];
const CHUNK = 1024;

/**
 * RReLU as it is in training: x above 0, x·a below, a drawn for each element uniformly from [lower, upper), on a typed array
 * of floating-point numbers of any shape. In evaluation it is {@link rrelu}.
 *
 * The random numbers come from a counter (Philox 4×32-10), as those of {@link stochasticGelu}: element i of call c with seed s
 * has the same slope on every machine, so the backward pass needs no record of them. The slope is rounded to the array's
 * type, then the product.
 *
 * Source: Xu, Wang, Chen, Li, Empirical Evaluation of Rectified Activations in Convolutional Network (2015),
 * https://arxiv.org/abs/1505.00853.
 *
 * @throws GeluTypeError for an input that is no such array or an unknown option, GeluRangeError for a seed, call or offset that
 * is no such integer, for lower above upper, or for an `out` that does not fit.
 * @example
 * stochasticRrelu(Float64Array.of(2, -1), { seed: 1, lower: 0.25, upper: 0.25 }); // Float64Array [2, -0.25]
 */
export function stochasticRrelu<T extends TensorData>(input: T, options: StochasticRreluOptions<T>): T {
  return apply(input, input, options, (x, slope) => (x > 0 ? x : x * slope));
}

/**
 * The backward pass of {@link stochasticRrelu}: gradOutput, times the slope where the input was not above 0. The options are
 * those of the forward call; `out` may be gradOutput.
 *
 * @throws GeluTypeError, GeluRangeError as there, and if the arrays do not fit.
 * @example
 * stochasticRreluBackward(Float64Array.of(1, 1), Float64Array.of(2, -1), { seed: 1, lower: 0.25, upper: 0.25 }); // Float64Array [1, 0.25]
 */
export function stochasticRreluBackward<T extends TensorData>(
  gradOutput: T,
  input: T,
  options: StochasticRreluOptions<T>,
): T {
  return apply(gradOutput, input, options, (x, slope, g) => (x > 0 ? g : x <= 0 ? g * slope : x));
}

function apply<T extends TensorData>(
  gradOutput: T,
  input: T,
  options: StochasticRreluOptions<T>,
  f: (x: number, slope: number, gradient: number) => number,
): T {
  const given = options ?? {};
  requireOptions(given, KEYS);
  if (arrayClass(input) === undefined) throw new GeluTypeError('input', 'a typed array', describe(input));
  requireAttached(input, 'input');
  requireLike(gradOutput, input, 'gradOutput');
  const { call = 0, offset = 0, lower, upper } = given;
  const seed = requireCount(given.seed, 'seed');
  requireCount(call, 'call');
  requireCount(offset, 'offset');
  const range = rreluRange(lower, upper);
  const { dtype } = requireFloating(input, given.dtype);
  const round = rounding(dtype);
  const output = outputFor<T>(given.out, input, gradOutput);
  const [read, readGradient, write] = [
    numberReader(input, dtype),
    numberReader(gradOutput, dtype),
    numberWriter(output, dtype),
  ];
  const drawn = new Float64Array(Math.min(CHUNK, input.length));
  for (let start = 0; start < input.length; start += CHUNK) {
    const part = drawn.subarray(0, Math.min(CHUNK, input.length - start));
    uniforms(seed, call, offset + start, part);
    for (let i = 0; i < part.length; i++)
      write(start + i, f(read(start + i), round(range.lower + range.width * part[i]), readGradient(start + i)));
  }
  return output;
}

/** Rounds a number to a type. */
function rounding(dtype: DType): (x: number) => number {
  if (dtype === 'float32') return Math.fround;
  if (dtype !== 'float16' && dtype !== 'bfloat16') return (x) => x;
  const format = SMALL_FLOATS[dtype];
  return (x) => decode(encode(x, format), format);
}

/** Least slope and width of the range, checked. */
function rreluRange(lower: number | undefined, upper: number | undefined): { lower: number; width: number } {
  const given = { ...(lower !== undefined && { lower }), ...(upper !== undefined && { upper }) };
  const slopes = bind(rrelu, given).parameters;
  return { lower: slopes.lower, width: slopes.upper - slopes.lower };
}

/** The slopes in float32 of `length` elements, those that {@link stochasticRrelu} draws. Options as there. */
export function rreluSlopes(
  length: number,
  { lower, upper, seed, call = 0, offset = 0 }: Omit<StochasticRreluOptions, 'out' | 'dtype'>,
): Floats {
  const range = rreluRange(lower, upper);
  const numbers = new Float64Array(length);
  uniforms(requireCount(seed, 'seed'), requireCount(call, 'call'), requireCount(offset, 'offset'), numbers);
  return Float32Array.from(numbers, (u) => range.lower + range.width * u);
}
