import { scalarFunction } from '../activations/gelu/forms.js';
import { outputFor, requireApart, requireAttached, requireLength } from '../input/arrays.js';
import { requireOptions, resolveCall } from '../input/options.js';
import { arrayClass, type DType, plain, type TensorData } from '../kernels/dtypes.js';
import { numberReader } from '../kernels/reader.js';
import { uniforms } from '../numerics/philox.js';
import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';

/** Options of {@link stochasticGelu}. */
export interface StochasticOptions<T = TensorData> {
  /** Names the random numbers; an integer from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** Which call with this seed it is, an integer from 0; default 0. Other calls have other numbers. */
  readonly call?: number | undefined;
  /** The number of the first element; default 0. Work on parts of an array with their offsets gives what the whole gives. */
  readonly offset?: number | undefined;
  readonly out?: T | undefined;
  /** As for {@link gelu}: what the bits of a Uint16Array are. */
  readonly dtype?: DType | undefined;
}

/** What {@link stochasticGelu} returns. */
export interface StochasticResult<T> {
  readonly output: T;
  /** 1 where x was kept, 0 where it was dropped: what the backward pass needs. */
  readonly mask: Uint8Array;
}

const KEYS: readonly string[] = ['seed', 'call', 'offset', 'out', 'dtype'];
const CHUNK = 1024;

let exact: ((x: number) => number) | undefined;

/** Φ(x) = gelu(x)/x, within 2 ULP: from operations that are the same on every engine. */
export function keepProbability(x: number): number {
  if (Math.abs(x) < 2 ** -60) return 0.5;
  exact ??= scalarFunction({ approximate: 'none', mean: 0, std: 1 }, 0);
  return x > 9 ? 1 : x < -40 ? 0 : exact(x) / x;
}

/**
 * GELU's stochastic form (the paper's SOI map): x·m, m ~ Bernoulli(Φ(x)), on a typed array of floating-point numbers of any
 * shape. Its mean over many draws is gelu(x), its variance x²·Φ(x)·(1 − Φ(x)).
 *
 * The random numbers come from a counter (Philox 4×32-10): element i of call c with seed s has the same number on every
 * machine, in every division of the work. Dropped elements become +0; NaN stays NaN. `out` may be the input.
 *
 * Source: Hendrycks and Gimpel, arXiv 1606.08415 (2016 version), section 2.
 *
 * @throws GeluTypeError, GeluRangeError as {@link gelu}, and for a seed, call or offset that is no such integer.
 *
 * @example
 * const { output, mask } = stochasticGelu(new Float32Array([-1, 1, 2]), { seed: 7, call: 0 });
 * output; // Float32Array [0, 1, 2]
 * mask; // Uint8Array [0, 1, 1]
 */
export function stochasticGelu<T extends TensorData>(input: T, options: StochasticOptions<T>): StochasticResult<T> {
  const given = options ?? {};
  requireOptions(given, KEYS);
  if (arrayClass(input) === undefined) throw new GeluTypeError('input', 'a typed array', describe(input));
  const x = plain(input);
  requireAttached(x, 'input');
  const { call = 0, offset = 0 } = given;
  const seed = requireCount(given.seed, 'seed');
  requireCount(call, 'call');
  requireCount(offset, 'offset');
  const { dtype } = requireFloating(x, given.dtype);
  const output = outputFor<T>(given.out, input);
  const mask = new Uint8Array(x.length);
  const read = numberReader(x, dtype);
  const numbers = new Float64Array(Math.min(CHUNK, x.length));
  for (let start = 0; start < x.length; start += CHUNK) {
    const part = numbers.subarray(0, Math.min(CHUNK, x.length - start));
    uniforms(seed, call, offset + start, part);
    // Not below: a probability that is NaN keeps its x.
    for (let i = 0; i < part.length; i++) mask[start + i] = part[i] >= keepProbability(read(start + i)) ? 0 : 1;
  }
  applyMask(x, mask, plain(output));
  return { output, mask };
}

/**
 * The backward pass of {@link stochasticGelu}: gradOutput where the mask is 1, else 0. `out` may be gradOutput.
 *
 * @throws GeluTypeError, GeluRangeError if the arrays do not fit.
 *
 * @example
 * const { mask } = stochasticGelu(new Float32Array([-1, 1, 2]), { seed: 7, call: 0 });
 * stochasticGeluBackward(new Float32Array([1, 1, 1]), mask); // Float32Array [0, 1, 1]
 */
export function stochasticGeluBackward<T extends TensorData>(
  gradOutput: T,
  mask: Uint8Array,
  options: { readonly out?: T | undefined } = {},
): T {
  requireOptions(options, ['out']);
  if (arrayClass(gradOutput) === undefined)
    throw new GeluTypeError('gradOutput', 'a typed array', describe(gradOutput));
  const g = plain(gradOutput);
  requireAttached(g, 'gradOutput');
  if (arrayClass(mask) !== 'Uint8Array') throw new GeluTypeError('mask', 'a Uint8Array', describe(mask));
  const m = plain(mask);
  requireLength(m, g.length, 'mask', 'as gradOutput is');
  const out = outputFor<T>(options.out, gradOutput);
  requireApart(m, out, 'the mask');
  applyMask(g, m, plain(out));
  return out;
}

// Bits of 16-bit floats need no conversion: those of 0 are 0.
function applyMask(x: TensorData, mask: Uint8Array, out: TensorData): void {
  for (let i = 0; i < x.length; i++) out[i] = mask[i] === 1 ? x[i] : 0;
}

/** An integer that a counter can hold, checked. */
export function requireCount(value: unknown, name: string): number {
  if (typeof value !== 'number') throw new GeluTypeError(name, 'a number', describe(value));
  if (!(Number.isSafeInteger(value) && value >= 0))
    throw new GeluRangeError(name, 'an integer from 0 to 2^53 - 1', String(value));
  return value;
}

/** The type of an array of floating-point numbers, checked. */
export function requireFloating(input: TensorData, dtype: DType | undefined): { dtype: DType } {
  const name = arrayClass(input);
  if (name === 'Int8Array' || name === 'Uint8Array')
    throw new GeluTypeError('input', 'of floating point: quantized types have no stochastic form', describe(input));
  return resolveCall(input, { dtype });
}
