import { prelu as definition } from '../activations/prelu.js';
import { outputFor, requireAttached, requireLength, requireSameClass } from '../input/arrays.js';
import { CALL_KEYS, type CallOptions, requireOptions } from '../input/options.js';
import { arrayClass, type TensorData } from '../kernels/dtypes.js';
import { describe, GeluTypeError } from '../shared/errors.js';
import { type ChannelArray, type Channels, channels, mapChannels } from './channels.js';
import type { ActivationFunction } from './elementwise.js';
import { functionOf } from './function-of.js';
import { type GradientOptions, gradientSum } from './gradient-sum.js';

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
const single = functionOf(definition);

// As the definition: at 0 the slope is the weight's, and a weight of 0 makes 0 of −∞ too.
const value = (weight: number, x: number): number => (x > 0 ? x : weight === 0 && x <= 0 ? 0 : weight * x);
const slope = (weight: number, x: number): number => (x > 0 ? 1 : x <= 0 ? weight : x);
const secondDerivative = (_weight: number, x: number): number => (Number.isNaN(x) ? x : 0);

/** The options of the function with one weight. */
function scalar(options: Options): object {
  const { weight, shape: _shape, ...rest } = options;
  return {
    ...rest,
    ...(weight !== undefined && { weight: typeof weight === 'object' && weight !== null ? weight[0] : weight }),
  };
}

const several = (options: Options, allowed = KEYS): boolean => {
  requireOptions(options, allowed);
  return typeof options.weight === 'object' && options.weight !== null && options.weight.length !== 1;
};

function forward(name: 'derivative' | 'secondDerivative' | undefined, f: (weight: number, x: number) => number) {
  return (input: TensorData, options: Options = {}): unknown => {
    if (!several(options)) return (name ? single[name] : single)(input, scalar(options));
    const x = requireFloat(input, options);
    const out = outputFor<ChannelArray>(options.out, x);
    mapChannels(channels(x.length, options), x.length, (weight, i) => {
      out[i] = f(weight, x[i]);
    });
    return out;
  };
}

function backward(gradOutput: TensorData, input: TensorData, options: Options = {}): unknown {
  if (!several(options)) return single.backward(gradOutput, input, scalar(options));
  const { x, g, out, layout } = prepare(gradOutput, input, options);
  mapChannels(layout, x.length, (weight, i) => {
    out[i] = g[i] * slope(weight, x[i]);
  });
  return out;
}

function prepare(
  gradOutput: unknown,
  input: TensorData,
  options: Options,
): { x: ChannelArray; g: ChannelArray; out: ChannelArray; layout: Channels } {
  const x = requireFloat(input, options);
  requireSameClass(gradOutput, x, 'gradOutput');
  const g = gradOutput as ChannelArray;
  requireLength(g, x.length, 'gradOutput');
  return { x, g, out: outputFor<ChannelArray>(options.out, x, g), layout: channels(x.length, options) };
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
    resolve: (options: PreluOptions = {}, extra: readonly string[]) => {
      if (several(options, ['weight', ...extra]))
        throw new GeluTypeError('weight', 'one number', describe(options.weight));
      return single.resolve(scalar(options), extra);
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
  const given = options as Options;
  const [g, x] = [gradOutput as TensorData, input as TensorData];
  // The sum comes first: `out` may be one of the arrays that it reads.
  let gradWeight: Float64Array;
  if (several(given)) {
    const { x, g, layout } = prepare(gradOutput, input as TensorData, given);
    gradWeight = new Float64Array(layout.weight.length);
    mapChannels(layout, x.length, (_, i, channel) => {
      if (!(x[i] >= 0)) gradWeight[channel] += g[i] * x[i];
    });
  } else {
    const sum = gradientSum(g, x, given as GradientOptions, (v) => Math.min(v, 0));
    gradWeight = Float64Array.of(sum);
  }
  return { gradInput: backward(g, x, given) as T, gradWeight };
}

function requireFloat(input: unknown, { dtype, quantization }: Options): ChannelArray {
  const name = arrayClass(input);
  if (name !== 'Float32Array' && name !== 'Float64Array')
    throw new GeluTypeError('input', 'a Float32Array or a Float64Array with several weights', describe(input));
  requireAttached(input as TensorData, 'input');
  const own = name === 'Float32Array' ? 'float32' : 'float64';
  if (dtype !== undefined && dtype !== own) throw new GeluTypeError('dtype', `'${own}'`, describe(dtype));
  if (quantization !== undefined) throw new GeluTypeError('quantization', 'absent', describe(quantization));
  return input as ChannelArray;
}
