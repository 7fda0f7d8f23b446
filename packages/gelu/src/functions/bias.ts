import { arrayLike, requireApart, requireSameClass } from '../input/arrays.js';
import { CALL_KEYS, type GeluCallOptions } from '../input/options.js';
import { prepareCall } from '../input/prepare.js';
import { type BiasWork, biasWork, type FloatArray } from '../kernels/bias.js';
import { compute } from '../kernels/dispatch.js';
import { arrayClass, plain } from '../kernels/dtypes.js';
import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';
import { resolveGelu } from './gelu.js';

/**
 * gelu(input + bias), the activation of a linear layer with its bias, in one pass.
 *
 * Shapes: input [..., n], bias [n]: bias is added to every row along the last axis. Dtypes: float32, float64, both of
 * the same. The sum is rounded to the dtype, as a linear layer returns it, and the function is evaluated there with the
 * accuracy of {@link gelu}. Options as there; `out` may be the input.
 *
 * @throws GeluTypeError, GeluRangeError as {@link gelu}; also if the length of the input is no multiple of the bias's,
 * or `out` overlaps the bias.
 *
 * @example
 * const x = new Float32Array([-1, 0, 1, 2]); // [2, 2]
 * biasGelu(x, new Float32Array([1, -1])); // Float32Array [0, -0.15865525603294373, 1.9544997215270996, 0.8413447737693787]
 */
export function biasGelu<T extends FloatArray>(input: T, bias: T, options?: GeluCallOptions<T>): T {
  requireFloat(input);
  const target = resolveGelu(options, CALL_KEYS);
  const { call, result, ...plainly } = prepareCall(input, options as GeluCallOptions | undefined);
  const [x, out] = [plainly.x, plainly.out] as T[];
  const b = requireBias(bias, x, out);
  const work = biasWork(b, x.length);
  for (const [start, z] of sums(work, x, b)) {
    compute(target, 0, z, z, call);
    out.set(z, start);
  }
  return result as T;
}

/** What {@link biasGeluBackward} returns. */
export interface BiasGradients<T> {
  readonly gradInput: T;
  readonly gradBias: T;
}

/**
 * The backward pass of {@link biasGelu}: gradInput = gradOutput · gelu'(input + bias), and gradBias, its sum over all
 * axes but the last. Each column is summed in float64, from its first row to its last, and rounded once.
 *
 * `out` is for gradInput, and may be gradOutput or the input. Errors as there.
 *
 * @example
 * const [x, bias] = [new Float32Array([-1, 0, 1, 2]), new Float32Array([1, -1])];
 * const { gradInput, gradBias } = biasGeluBackward(new Float32Array(4).fill(1), x, bias);
 * gradInput; // Float32Array [0.5, -0.08331546932458878, 1.0852317810058594, 1.0833154916763306]
 * gradBias; // Float32Array [1.5852317810058594, 1]
 */
export function biasGeluBackward<T extends FloatArray>(
  gradOutput: T,
  input: T,
  bias: T,
  options?: GeluCallOptions<T>,
): BiasGradients<T> {
  requireFloat(input);
  const target = resolveGelu(options, CALL_KEYS);
  const prepared = prepareCall(input, options as GeluCallOptions | undefined, true, gradOutput);
  const { call } = prepared;
  const [x, grad, gradInput] = [prepared.x, prepared.gradOutput, prepared.out] as T[];
  const b = requireBias(bias, x, gradInput);
  const work = biasWork(b, x.length);
  for (const [start, z] of sums(work, x, b)) {
    const n = z.length;
    const g = work.gradient.subarray(0, n) as T;
    g.set(grad.subarray(start, start + n));
    compute(target, 1, z, g, call, g);
    work.addGradient(n, start % b.length);
    gradInput.set(g, start);
  }
  const gradBias = arrayLike(bias, b.length);
  plain(gradBias).set(work.columnSums());
  return { gradInput: prepared.result as T, gradBias };
}

/** input + bias, chunk by chunk: where it starts, and the sums, which are overwritten by the next. */
function* sums<T extends FloatArray>(work: BiasWork<T>, input: T, bias: T): Generator<[start: number, sum: T]> {
  const room = work.sum.length;
  for (let start = 0; start < input.length; start += room) {
    const n = Math.min(room, input.length - start);
    const z = work.sum.subarray(0, n) as T;
    z.set(input.subarray(start, start + n));
    work.addBias(n, start % bias.length);
    yield [start, z];
  }
}

function requireFloat(input: unknown): void {
  const name = arrayClass(input);
  if (name !== 'Float32Array' && name !== 'Float64Array')
    throw new GeluTypeError('input', 'a Float32Array or a Float64Array', describe(input));
}

/** The bias, checked. */
function requireBias<T extends FloatArray>(bias: T, input: T, out: T): T {
  const b = requireSameClass(bias, input, 'bias');
  if (b.length === 0 || input.length % b.length !== 0)
    throw new GeluRangeError('bias', `of a length that divides the input's, ${input.length}`, `length ${b.length}`);
  requireApart(b, out, 'the bias');
  return b;
}
