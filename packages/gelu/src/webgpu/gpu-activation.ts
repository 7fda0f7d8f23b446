import type { Bound } from '../activations/model/activation.js';
import type { ParameterValues } from '../activations/model/parameters.js';
import { requireOptions } from '../input/options.js';
import { type GPUArray, runOnArrays } from './arrays.js';
import { encode, type GPUEncoder } from './encode.js';
import { type GPUOperand, rangeOf, requireFit } from './operand.js';
import type { GPUDType, Pass } from './shader.js';
import type { DeviceState } from './state.js';

/** Options of the functions on arrays. */
export interface GPUCallOptions<T extends GPUArray = GPUArray> {
  /** Where the result goes: an array of the input's class and length, perhaps the input itself. Default: a new one. */
  readonly out?: T | undefined;
}

/**
 * An activation on a GPU: on buffers, encoded among other work, or on arrays.
 *
 * Accuracy of GELU in float32, each form and its derivative: within 2 ULP (the derivative within 0.15 of its root: of its
 * larger addend), measured on SwiftShader; results that are subnormal numbers may be 0, as GPUs are free to have it, and
 * so may subnormal inputs. float16: the float32 result rounded. ±∞ give the limits, NaN stays NaN, no finite input gives
 * NaN, and results of −0 keep their sign.
 *
 * @example
 * const gpu = await createGeluGPU(device);
 * const kernel = await gpu.activation('silu', { beta: 2 }, { dtype: 'float32' });
 * const y = await kernel.backward(new Float32Array([1, 1]), new Float32Array([0, 0]));
 * y; // Float32Array [0.5, 0.5]
 */
export class GPUActivation {
  readonly name: string;
  readonly parameters: ParameterValues;
  readonly dtype: GPUDType;
  readonly #bound: Bound;
  readonly #state: DeviceState;

  /** Made by `GeluGPU.activation`. */
  constructor(state: DeviceState, bound: Bound, dtype: GPUDType) {
    this.#state = state;
    this.#bound = bound;
    this.name = bound.definition.name;
    this.parameters = bound.parameters;
    this.dtype = dtype;
  }

  /**
   * Encodes output = f(input), elementwise. Both are GPUBuffers with usage STORAGE, or parts of them: `offset` and `size` in bytes,
   * any multiple of an element's size. The size is that of the input; the output may be the input (in place).
   *
   * @throws GeluTypeError, GeluRangeError that name the argument: no buffer, wrong usage, mapped, too small, not aligned, or
   * overlapping without being the same; GeluStateError if the device is lost. Nothing is encoded then.
   * @returns a promise, which need not be awaited: it rejects with GeluStateError where the device finds that a buffer was destroyed or is of
   * another device. What it finds only later is its own error: a pass that had ended when the encoder finishes, a destroyed buffer without
   * usage COPY_DST when the work is submitted.
   */
  encodeForward(
    encoder: GPUEncoder,
    operands: { readonly input: GPUOperand; readonly output: GPUOperand },
  ): Promise<void> {
    return this.#encode('forward', encoder, operands, ['input', 'output']);
  }

  /**
   * Encodes gradInput = gradOutput · f'(input), elementwise; `gradInput` may be either of the others. Operands and errors as for
   * {@link encodeForward}; the size is that of `gradOutput`.
   */
  encodeBackward(
    encoder: GPUEncoder,
    operands: { readonly gradOutput: GPUOperand; readonly input: GPUOperand; readonly gradInput: GPUOperand },
  ): Promise<void> {
    return this.#encode('backward', encoder, operands, ['gradOutput', 'input', 'gradInput']);
  }

  #encode(pass: Pass, encoder: GPUEncoder, operands: object, names: readonly string[]): Promise<void> {
    this.#state.requireAlive();
    requireOptions(operands, names);
    const given = operands as Readonly<Record<string, GPUOperand>>;
    const ranges = names.map((name) => rangeOf(name, given[name], this.dtype));
    return encode(this.#state, encoder, this.#bound, pass, this.dtype, requireFit(ranges));
  }

  /**
   * f(input), elementwise, of an array: a Float32Array, or for float16 a Float16Array or a Uint16Array of bits. The array goes to the
   * GPU and back, which takes longer than the kernel: see `gelu` for what the processor does.
   *
   * @throws (rejects with) GeluTypeError, GeluRangeError for arrays that do not fit; GeluStateError if the device fails.
   */
  forward<T extends GPUArray>(input: T, options: GPUCallOptions<T> = {}): Promise<T> {
    return this.#run('forward', [input], options);
  }

  /** gradOutput · f'(input), elementwise, of two arrays. As {@link forward}. */
  backward<T extends GPUArray>(gradOutput: T, input: T, options: GPUCallOptions<T> = {}): Promise<T> {
    return this.#run('backward', [gradOutput, input], options);
  }

  async #run<T extends GPUArray>(pass: Pass, inputs: readonly T[], options: GPUCallOptions<T>): Promise<T> {
    requireOptions(options, ['out']);
    return runOnArrays(this.#state, this.#bound, pass, this.dtype, inputs, options.out);
  }
}
