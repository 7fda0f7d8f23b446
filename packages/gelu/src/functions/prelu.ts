import { prelu as definition } from '../activations/prelu.js';
import { isArray, outputFor, requireApart, requireAttached, requireLike } from '../input/arrays.js';
import { flatten, flattenLike, nest } from '../input/nested.js';
import { CALL_KEYS, type CallOptions, requireOptions, resolveCall } from '../input/options.js';
import { arrayClass, type DType, plain, type TensorData } from '../kernels/dtypes.js';
import { piecesKernel } from '../kernels/family/pieces-kernel.js';
import { numberReader, numberWriter } from '../kernels/reader.js';
import { describe, GeluTypeError } from '../shared/errors.js';
import { type ChannelArray, type Channels, channels, mapChannels } from './channels.js';
import { type ActivationFunction, refuseArrayOptions } from './elementwise.js';
import { functionOf } from './function-of.js';
import { gradientSum } from './gradient-sum.js';

/** Options of {@link prelu}. */
export interface PreluOptions {
  /** The slope below 0 (default 0.25): one number, or one for each channel. */
  readonly weight?: number | ArrayLike<number> | undefined;
  /**
   * With several weights: the shape of a typed array, whose axis 1 is the channels', as in PyTorch. Without it the
   * channels are the last axis: input [..., n], weight [n].
   */
  readonly shape?: readonly number[] | undefined;
}

type Options = PreluOptions & CallOptions;

const KEYS: readonly string[] = /* @__PURE__ */ ['weight', 'shape'].concat(CALL_KEYS);
const single = functionOf(definition, piecesKernel);

// As the definition: at 0 the slope is the weight's, and a weight of 0 makes 0 of −∞ too.
const value = (weight: number, x: number): number => (x > 0 ? x : weight === 0 && x <= 0 ? 0 : weight * x);
const slope = (weight: number, x: number): number => (x > 0 ? 1 : x <= 0 ? weight : x);
const secondDerivative = (_weight: number, x: number): number => (Number.isNaN(x) ? x : 0);

/** The options, each read once: with one weight those of the function that has one, or several weights and their shape. */
function read(options: Options, allowed = KEYS): { one: CallOptions } | { several: Several; call: CallOptions } {
  requireOptions(options, allowed);
  const { weight, shape, out, dtype, quantization, precision } = options;
  const call = { out, dtype, quantization, precision };
  if (typeof weight !== 'object' || weight === null) return { one: { weight, ...call } as CallOptions };
  return weight.length === 1
    ? { one: { weight: weight[0], ...call } as CallOptions }
    : { several: { weight, shape }, call };
}

interface Several {
  readonly weight: ArrayLike<number>;
  readonly shape: unknown;
}

/** A call with several weights, all checked: the numbers of 16-bit floats as float64. */
interface Call {
  readonly x: ChannelArray;
  readonly g: ChannelArray | undefined;
  readonly layout: Channels;
  /** Where the numbers go, and what the caller gets once they are there. */
  readonly out: ChannelArray;
  finish(): unknown;
}

function prepare(input: unknown, several: Several, call: CallOptions, ...gradients: unknown[]): Call {
  if (isArray(input)) return prepareNested(input, several, call, gradients);
  const given = requireFloat(input);
  const { dtype } = resolveCall(given, call);
  for (const gradient of gradients) requireLike(gradient, given, 'gradOutput');
  const layout = channels(given.length, several.weight, several.shape);
  const result = outputFor<TensorData>(call.out, input as TensorData, ...(gradients as TensorData[]));
  if (ArrayBuffer.isView(several.weight)) requireApart(several.weight as unknown as TensorData, result, 'the weight');
  const [g] = gradients as TensorData[];
  const out = given.length === 0 || !isSmall(dtype) ? (plain(result) as ChannelArray) : new Float64Array(given.length);
  const finish = (): unknown => {
    const write = numberWriter(plain(result), dtype);
    if (out !== plain(result)) for (let i = 0; i < out.length; i++) write(i, out[i]);
    return result;
  };
  return { x: numbersOf(given, dtype), g: g && numbersOf(plain(g), dtype), out, layout, finish };
}

/** Nested arrays have their shape: the channels are axis 1, or the only one. */
function prepareNested(input: unknown[], { weight, shape }: Several, call: CallOptions, gradients: unknown[]): Call {
  refuseArrayOptions(call);
  if (shape !== undefined) throw new GeluTypeError('shape', 'absent for nested arrays', describe(shape));
  const { data: x, shape: axes } = flatten(input, 'input');
  const [g] = gradients.map((gradient) => flattenLike(gradient, axes, 'gradOutput'));
  const layout = channels(x.length, weight, axes.length === 1 ? [1, ...axes] : axes);
  const out = new Float64Array(x.length);
  return { x, g, out, layout, finish: () => nest(out, axes) };
}

const isSmall = (dtype: DType): boolean => dtype === 'float16' || dtype === 'bfloat16';

/** An array's numbers: its own, or those of 16-bit floats in float64. */
function numbersOf(array: TensorData, dtype: DType): ChannelArray {
  if (!isSmall(dtype)) return array as ChannelArray;
  const read = numberReader(array, dtype);
  return Float64Array.from({ length: array.length }, (_, i) => read(i));
}

function forward(name: 'derivative' | 'secondDerivative' | undefined, f: (weight: number, x: number) => number) {
  return (input: TensorData, options: Options = {}): unknown => {
    const given = read(options);
    if ('one' in given) return (name ? single[name] : single)(input, given.one);
    const { x, out, layout, finish } = prepare(input, given.several, given.call);
    mapChannels(layout, x.length, (weight, i) => {
      out[i] = f(weight, x[i]);
    });
    return finish();
  };
}

function backward(gradOutput: TensorData, input: TensorData, options: Options = {}): unknown {
  const given = read(options);
  if ('one' in given) return single.backward(gradOutput, input, given.one);
  return backwardSeveral(prepare(input, given.several, given.call, gradOutput));
}

function backwardSeveral({ x, g, out, layout, finish }: Call): unknown {
  mapChannels(layout, x.length, (weight, i) => {
    out[i] = (g as ChannelArray)[i] * slope(weight, x[i]);
  });
  return finish();
}

/**
 * x above 0, weight·x below. Inputs, accuracy and errors as for `gelu`; with one weight for each channel (`weight` an
 * array) typed arrays of floating point and nested arrays, whose channels are axis 1, as in PyTorch, or their only axis.
 * The derivative at 0 is the weight, as in PyTorch.
 *
 * @throws GeluRangeError also if the weights do not fit the shape.
 *
 * @example
 * prelu(-2); // -0.5
 * prelu([[-1, -1]], { weight: [0.1, 0.2] })[0]; // [-0.1, -0.2]
 */
export const prelu: ActivationFunction<PreluOptions> = /* @__PURE__ */ Object.assign(
  /* @__PURE__ */ Object.defineProperty(/* @__PURE__ */ forward(undefined, value), 'name', { value: 'prelu' }),
  {
    derivative: /* @__PURE__ */ forward('derivative', slope),
    secondDerivative: /* @__PURE__ */ forward('secondDerivative', secondDerivative),
    backward,
    resolve: (options: PreluOptions = {}, extra: readonly string[] = []) => {
      const given = read(options, ['weight', ...extra]);
      if (!('one' in given)) throw new GeluTypeError('weight', 'one number', describe(given.several.weight));
      const { weight } = given.one as { weight?: number };
      return single.resolve(weight === undefined ? undefined : { weight }, extra);
    },
  },
) as unknown as ActivationFunction<PreluOptions>;

/** What {@link preluBackward} returns. */
export interface PreluGradients<T> {
  readonly gradInput: T;
  /** One for each weight, summed in float64. */
  readonly gradWeight: Float64Array;
}

/**
 * The backward pass of {@link prelu} with the weight's gradient: gradInput = gradOutput · (1 or weight), gradWeight = the
 * sum of gradOutput·min(input, 0) over each channel. Inputs and errors as there.
 *
 * @example
 * const { gradInput, gradWeight } = preluBackward(new Float32Array([1, 1]), new Float32Array([-2, 3]), { weight: 0.1 });
 * gradInput; // Float32Array [0.10000000149011612, 1]
 * gradWeight; // Float64Array [-2]
 */
export function preluBackward<T>(
  gradOutput: T,
  input: T,
  options: PreluOptions & CallOptions<T> = {},
): PreluGradients<T> {
  const given = read(options as Options);
  // The sum comes first: `out` may be one of the arrays that it reads.
  if ('one' in given) {
    const [g, x] = [gradOutput as TensorData, input as TensorData];
    const sum = gradientSum(g, x, given.one, (v) => Math.min(v, 0));
    return { gradInput: single.backward(g, x, given.one) as T, gradWeight: Float64Array.of(sum) };
  }
  const call = prepare(input, given.several, given.call, gradOutput);
  const { x, g, layout } = call;
  const gradWeight = new Float64Array(layout.weight.length);
  mapChannels(layout, x.length, (_, i, channel) => {
    if (!(x[i] >= 0)) gradWeight[channel] += (g as ChannelArray)[i] * x[i];
  });
  return { gradInput: backwardSeveral(call) as T, gradWeight };
}

function requireFloat(input: unknown): TensorData {
  const name = arrayClass(input);
  if (name === undefined || name === 'Int8Array' || name === 'Uint8Array')
    throw new GeluTypeError(
      'input',
      'a typed array of floating point or nested arrays with several weights',
      describe(input),
    );
  requireAttached(plain(input as TensorData), 'input');
  return plain(input as TensorData);
}
