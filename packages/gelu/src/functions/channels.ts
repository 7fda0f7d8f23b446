import { isArray } from '../input/arrays.js';
import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';

export type ChannelArray = Float32Array | Float64Array;

/** An empty input may have any number of channels, within reason. */
const MOST_OF_NOTHING: number = 2 ** 24;

/** Where the weights of a PReLU hold: the channel changes every `inner` elements. */
export interface Channels {
  /** A copy: what the caller gave is read once. */
  readonly weight: Float64Array;
  readonly inner: number;
}

/** The layout of an input of `length` elements: channels on axis 1 of `shape`, or on the last axis. All values are checked. */
export function channels(length: number, weight: ArrayLike<unknown>, shape: unknown): Channels {
  const count: unknown = weight.length;
  const received = `length ${typeof count === 'number' ? count : describe(count)}`;
  const axes = shape === undefined ? undefined : axesOf(shape, length);
  if (axes !== undefined && axes[1] !== count)
    throw new GeluRangeError('weight', `of length ${axes[1]}, as axis 1 of shape [${axes.join(', ')}]`, received);
  if (axes === undefined && !(isSize(count) && count > 0 && length % count === 0))
    throw new GeluRangeError('weight', `of a length that divides the input's, ${length}`, received);
  if ((count as number) > Math.max(length, MOST_OF_NOTHING))
    throw new GeluRangeError('weight', `of at most ${MOST_OF_NOTHING} elements for an empty input`, received);
  const inner = axes?.slice(2).reduce((a, b) => a * b, 1) ?? 1;
  const copy: number[] = [];
  for (let i = 0; i < (count as number); i++) copy.push(numberAt(weight, i));
  return { weight: Float64Array.from(copy), inner };
}

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function numberAt(weight: ArrayLike<unknown>, i: number): number {
  const value = weight[i];
  if (typeof value !== 'number') throw new GeluTypeError(`weight[${i}]`, 'a number', describe(value));
  if (!Number.isFinite(value)) throw new GeluRangeError(`weight[${i}]`, 'finite', String(value));
  return value;
}

/** The axes of the input, of which there are at least two: integers whose product is its length. */
function axesOf(shape: unknown, length: number): readonly number[] {
  if (!isArray(shape)) throw new GeluTypeError('shape', 'an array of numbers', describe(shape));
  const axes: unknown[] = Array.from(shape); // holes become undefined
  axes.forEach((axis, i) => {
    if (typeof axis !== 'number') throw new GeluTypeError(`shape[${i}]`, 'a number', describe(axis));
    if (!isSize(axis)) throw new GeluRangeError(`shape[${i}]`, 'an integer of at least 0', String(axis));
  });
  const sizes = axes as number[];
  if (sizes.length < 2 || sizes.reduce((a, b) => a * b, 1) !== length)
    throw new GeluRangeError('shape', `of at least two axes and ${length} elements`, `[${sizes.join(', ')}]`);
  return sizes;
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
