import { prelu as definition } from '../activations/prelu.js';
import { outputFor, requireApart, requireAttached, requireLength, requireSameClass } from '../input/arrays.js';
import { CALL_KEYS, type CallOptions, requireOptions } from '../input/options.js';
import { arrayClass, plain, type TensorData } from '../kernels/dtypes.js';
import { piecesKernel } from '../kernels/family/pieces-kernel.js';
import { describe, GeluTypeError } from '../shared/errors.js';
import { type ChannelArray, type Channels, channels, mapChannels } from './channels.js';
import type { ActivationFunction } from './elementwise.js';
import { functionOf } from './function-of.js';
import { gradientSum } from './gradient-sum.js';

/** Options of {@link prelu}. */
export interface PreluOptions {
  /** The slope below 0 (default 0.25): one number, or one for each channel. */
  readonly weight?: number | ArrayLike<number> | undefined;
  /**
   * With several weights: the shape of the input, whose axis 1 is the channels', as in PyTorch. Without it the channels
   * are the last axis: input [..., n], weight [n].
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

/** A call with several weights, all checked. */
interface Call {
  readonly x: ChannelArray;
  readonly g: ChannelArray | undefined;
  readonly out: ChannelArray;
  /** What the caller gets: `out`, as it was given or in the input's class. */
  readonly result: ChannelArray;
  readonly layout: Channels;
}

function prepare(input: unknown, { weight, shape }: Several, call: CallOptions, ...gradients: unknown[]): Call {
  const x = requireFloat(input, call);
  for (const gradient of gradients) {
    requireSameClass(gradient, x, 'gradOutput');
    requireLength(plain(gradient as ChannelArray), x.length, 'gradOutput');
  }
  const [g] = gradients as ChannelArray[];
  const layout = channels(x.length, weight, shape);
  const result = outputFor<ChannelArray>(call.out, input as ChannelArray, ...(gradients as ChannelArray[]));
  if (ArrayBuffer.isView(weight)) requireApart(weight as unknown as TensorData, result, 'the weight');
  return { x, g: g && plain(g), out: plain(result), result, layout };
}

function forward(name: 'derivative' | 'secondDerivative' | undefined, f: (weight: number, x: number) => number) {
  return (input: TensorData, options: Options = {}): unknown => {
    const given = read(options);
    if ('one' in given) return (name ? single[name] : single)(input, given.one);
    const { x, out, result, layout } = prepare(input, given.several, given.call);
    mapChannels(layout, x.length, (weight, i) => {
      out[i] = f(weight, x[i]);
    });
    return result;
  };
}

function backward(gradOutput: TensorData, input: TensorData, options: Options = {}): unknown {
  const given = read(options);
  if ('one' in given) return single.backward(gradOutput, input, given.one);
  return backwardSeveral(prepare(input, given.several, given.call, gradOutput));
}

function backwardSeveral({ x, g, out, result, layout }: Call): ChannelArray {
  mapChannels(layout, x.length, (weight, i) => {
    out[i] = (g as ChannelArray)[i] * slope(weight, x[i]);
  });
  return result;
}

/**
 * x above 0, weight·x below. Inputs, accuracy and errors as for `gelu`; with one weight for each channel (`weight` an
 * array) Float32Array and Float64Array only. The derivative at 0 is the weight, as in PyTorch.
 *
 * @throws GeluRangeError also if the weights do not fit the shape.
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

function requireFloat(input: unknown, { dtype, quantization }: Options): ChannelArray {
  const name = arrayClass(input);
  if (name !== 'Float32Array' && name !== 'Float64Array')
    throw new GeluTypeError('input', 'a Float32Array or a Float64Array with several weights', describe(input));
  requireAttached(input as TensorData, 'input');
  const own = name === 'Float32Array' ? 'float32' : 'float64';
  if (dtype !== undefined && dtype !== own) throw new GeluTypeError('dtype', `'${own}'`, describe(dtype));
  if (quantization !== undefined) throw new GeluTypeError('quantization', 'absent', describe(quantization));
  return plain(input as ChannelArray);
}
