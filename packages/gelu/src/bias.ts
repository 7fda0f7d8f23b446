import { outputFor, requireAttached, requireSameClass } from './arrays.js';
import { backward, forward } from './backends/dispatch.js';
import { prepareBackward, prepareForward } from './calls.js';
import { describe, GeluRangeError, GeluTypeError } from './errors.js';
import { arrayClass, type TensorData } from './kinds.js';
import type { GeluCallOptions } from './options.js';

type FloatArray = Float32Array | Float64Array;

/** Elements that are worked on at a time: they stay in the first-level cache between the sum and the function. */
const CHUNK = 4096;

/**
 * gelu(input + bias), the activation of a linear layer with its bias, in one pass.
 *
 * Shapes: input [..., n], bias [n]: bias is added to every row along the last axis. Dtypes: float32, float64, both of
 * the same. The sum is rounded to the dtype, as a linear layer returns it, and the function is evaluated there with the
 * accuracy of {@link gelu}. Options as there; `out` may be the input.
 *
 * @throws GeluTypeError, GeluRangeError as {@link gelu}; also if the length of the input is no multiple of the bias's,
 * or `out` overlaps the bias.
 */
export function biasGelu<T extends FloatArray>(input: T, bias: T, options?: GeluCallOptions<T>): T {
  requireFloat(input);
  const { form, call, out } = prepareForward(input, options as GeluCallOptions | undefined);
  requireBias(bias, input, out);
  const result = out as T;
  forEachChunk(input.length, (start, end) => {
    const y = result.subarray(start, end) as T;
    addBias(input, bias, y, start);
    forward(form, 0, y, y, call);
  });
  return result;
}

/** What {@link biasGeluBackward} returns. */
export interface BiasGradients<T> {
  readonly gradInput: T;
  readonly gradBias: T;
}

/**
 * The backward pass of {@link biasGelu}: gradInput = gradOutput · gelu'(input + bias), and gradBias, its sum over all
 * axes but the last (summed in float64 and rounded once).
 *
 * `out` is for gradInput, and may be gradOutput or the input. Errors as there.
 */
export function biasGeluBackward<T extends FloatArray>(
  gradOutput: T,
  input: T,
  bias: T,
  options?: GeluCallOptions<T>,
): BiasGradients<T> {
  requireFloat(input);
  const { form, call, out } = prepareBackward(gradOutput, input, options as GeluCallOptions | undefined);
  requireBias(bias, input, out);
  const gradInput = out as T;
  const columns = bias.length;
  const sums = new Float64Array(columns);
  const sum = outputFor<T>(undefined, input.subarray(0, Math.min(CHUNK, input.length)) as T);
  forEachChunk(input.length, (start, end) => {
    const z = sum.subarray(0, end - start) as T;
    addBias(input, bias, z, start);
    const g = gradInput.subarray(start, end) as T;
    backward(form, gradOutput.subarray(start, end), z, g, call);
    for (let i = 0, column = start % columns; i < g.length; i++) {
      sums[column] += g[i];
      if (++column === columns) column = 0;
    }
  });
  const gradBias = outputFor<T>(undefined, bias);
  gradBias.set(sums);
  return { gradInput, gradBias };
}

function forEachChunk(length: number, f: (start: number, end: number) => void): void {
  for (let start = 0; start < length; start += CHUNK) f(start, Math.min(start + CHUNK, length));
}

/** out[i] = input[start + i] + bias[(start + i) mod columns]. */
function addBias(input: FloatArray, bias: FloatArray, out: FloatArray, start: number): void {
  for (let i = 0, column = start % bias.length; i < out.length; i++) {
    out[i] = input[start + i] + bias[column];
    if (++column === bias.length) column = 0;
  }
}

function requireFloat(input: unknown): void {
  const name = arrayClass(input);
  if (name !== 'Float32Array' && name !== 'Float64Array')
    throw new GeluTypeError('input', 'a Float32Array or a Float64Array', describe(input));
}

function requireBias(bias: unknown, input: TensorData, out: TensorData): void {
  requireSameClass(bias, input, 'bias');
  const b = bias as TensorData;
  requireAttached(b, 'bias');
  if (b.length === 0 || input.length % b.length !== 0)
    throw new GeluRangeError('bias', `of a length that divides the input's, ${input.length}`, `length ${b.length}`);
  const end = (array: TensorData) => array.byteOffset + array.byteLength;
  if (b.buffer === out.buffer && b.byteOffset < end(out) && out.byteOffset < end(b))
    throw new GeluRangeError('out', 'memory apart from the bias', 'an array that overlaps it');
}
