import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';

export type ChannelArray = Float32Array | Float64Array;

/** Where the weights of a PReLU hold: the channel changes every `inner` elements. */
export interface Channels {
  readonly weight: ArrayLike<number>;
  readonly inner: number;
}

interface Options {
  readonly weight?: number | ArrayLike<number> | undefined;
  readonly shape?: readonly number[] | undefined;
}

/** The layout of an input of `length` elements: channels on axis 1 of `shape`, or on the last axis. */
export function channels(length: number, { weight, shape }: Options): Channels {
  const weights = weight as ArrayLike<number>;
  for (let i = 0; i < weights.length; i++) {
    const name = `weight[${i}]`;
    if (typeof weights[i] !== 'number') throw new GeluTypeError(name, 'a number', describe(weights[i]));
    if (!Number.isFinite(weights[i])) throw new GeluRangeError(name, 'finite', String(weights[i]));
  }
  const received = `length ${weights.length}`;
  if (shape === undefined) {
    if (weights.length === 0 || length % weights.length !== 0)
      throw new GeluRangeError('weight', `of a length that divides the input's, ${length}`, received);
    return { weight: weights, inner: 1 };
  }
  if (!Array.isArray(shape)) throw new GeluTypeError('shape', 'an array of numbers', describe(shape));
  const text = `[${shape.join(', ')}]`;
  if (shape.length < 2 || shape.reduce((a, b) => a * b, 1) !== length)
    throw new GeluRangeError('shape', `of at least two axes and ${length} elements`, text);
  if (shape[1] !== weights.length)
    throw new GeluRangeError('weight', `of length ${shape[1]}, as axis 1 of shape ${text}`, received);
  return { weight: weights, inner: shape.slice(2).reduce((a, b) => a * b, 1) };
}

/** f for every element: its weight, its place and its channel. */
export function mapChannels(
  { weight, inner }: Channels,
  length: number,
  f: (weight: number, i: number, channel: number) => void,
): void {
  for (let start = 0, channel = 0; start < length; start += inner) {
    for (let i = start; i < start + inner; i++) f(weight[channel], i, channel);
    if (++channel === weight.length) channel = 0;
  }
}
