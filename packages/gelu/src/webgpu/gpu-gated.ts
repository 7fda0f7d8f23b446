import type { Bound } from '../activations/model/activation.js';
import type { ParameterValues } from '../activations/model/parameters.js';
import type { GatedGradients } from '../functions/gated/types.js';
import { isArray } from '../input/arrays.js';
import { arrayClass } from '../kernels/dtypes.js';
import { GeluRangeError } from '../shared/errors.js';
import { accepted } from './accepted.js';
import type { GPUArray } from './arrays.js';
import { encode, type GPUEncoder, prepare } from './encode.js';
import { type GPUGatedCallOptions, gatedOnArrays, gradientsOnArrays, halvesOnArrays } from './gated-arrays.js';
import { type GPUHalves, halvesRanges, overlap, pairOf } from './gated-operands.js';
import type { GPUOperand, Range } from './operand.js';
import type { GPUDType } from './shader.js';
import type { DeviceState } from './state.js';

/** Operands of a forward pass: gate and value as two, or as the halves of an axis of one. */
export type GPUGatedOperands =
  | { readonly gate: GPUOperand; readonly value: GPUOperand; readonly output: GPUOperand }
  | ({ readonly input: GPUOperand; readonly output: GPUOperand } & GPUHalves);

/** Operands of a backward pass, likewise. */
export type GPUGatedBackwardOperands =
  | {
      readonly gradOutput: GPUOperand;
      readonly gate: GPUOperand;
      readonly value: GPUOperand;
      readonly gradGate: GPUOperand;
      readonly gradValue: GPUOperand;
    }
  | ({ readonly gradOutput: GPUOperand; readonly input: GPUOperand; readonly gradInput: GPUOperand } & GPUHalves);

/**
 * A gated unit on a GPU, value · act(gate): on buffers, encoded among other work, or on arrays. Gate and value are two arrays of one
 * shape, or the halves of an axis, [..., 2n, ...] → [..., n, ...], of one: `columns` is the size of the last axis, both halves
 * together, or `shape` and `dim` say which; `order` 'valueFirst' (default, as in PyTorch's `glu`) or 'gateFirst'.
 *
 * Accuracy: act(gate) as the activation has it, rounded to the type, then the product, as in the core.
 *
 * Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.
 *
 * @example
 * const swiglu = await gpu.gated('swiglu');
 * await swiglu.forward(Float32Array.of(1, 2), Float32Array.of(3, 4)); // Float32Array [2.193175792694092, 7.046376705169678]
 */
export class GPUGatedUnit {
  /** The activation of the gate. */
  readonly activation: string;
  readonly parameters: ParameterValues;
  readonly dtype: GPUDType;
  readonly #bound: Bound;
  readonly #state: DeviceState;

  /** Made by `GeluGPU.gated`. */
  constructor(state: DeviceState, bound: Bound, dtype: GPUDType) {
    this.#state = state;
    this.#bound = bound;
    this.activation = bound.definition.name;
    this.parameters = bound.parameters;
    this.dtype = dtype;
  }

  /**
   * Encodes output = value · act(gate). Operands are GPUBuffers with usage STORAGE, or parts of them: `offset` and `size` in bytes. Of
   * { gate, value, output } the size is the gate's, and the output may be the gate or the value; of { input, output, columns } it is
   * the input's, the output has half of it and lies apart.
   *
   * @throws GeluTypeError, GeluRangeError that name the argument; GeluStateError if the device is lost. Nothing is encoded then.
   * @returns a promise as that of `GPUActivation.encodeForward`.
   */
  encodeForward(encoder: GPUEncoder, operands: GPUGatedOperands): Promise<void> {
    this.#state.requireAlive();
    const { dtype } = this;
    if (!hasInput(operands)) {
      const ranges = pairOf(operands, ['gate', 'value'], ['output'], dtype);
      return encode(this.#state, encoder, this.#bound, 'gated', dtype, ranges);
    }
    const { ranges, halves } = halvesRanges(operands, ['input', 'output'], ['input'], dtype);
    return encode(this.#state, encoder, this.#bound, 'halves', dtype, ranges, halves);
  }

  /**
   * Encodes the gradients: gradValue = gradOutput · act(gate), gradGate = (gradOutput · value) · act'(gate), or both as the halves of
   * gradInput, which lies apart from what is read. gradGate and gradValue may be operands too, but not in such a way that each is
   * written before the other has read what it needs. Operands and errors as for {@link encodeForward}.
   */
  encodeBackward(encoder: GPUEncoder, operands: GPUGatedBackwardOperands): Promise<void> {
    this.#state.requireAlive();
    const { dtype } = this;
    if (!hasInput(operands)) {
      const ranges = pairOf(operands, ['gradOutput', 'gate', 'value'], ['gradGate', 'gradValue'], dtype);
      const passes = this.#inOrder(encoder, ranges);
      return accepted(this.#state, ranges, () => {
        for (const encodePass of passes) encodePass();
      });
    }
    const { ranges, halves } = halvesRanges(
      operands,
      ['gradOutput', 'input', 'gradInput'],
      ['input', 'gradInput'],
      dtype,
    );
    return encode(this.#state, encoder, this.#bound, 'halvesBackward', dtype, ranges, halves);
  }

  /** The passes of both gradients, first the one over whose result the other does not read. */
  #inOrder(encoder: GPUEncoder, [g, gate, value, gradGate, gradValue]: readonly Range[]): (() => void)[] {
    const work = [this.#state, encoder, this.#bound] as const;
    const ofValue = prepare(...work, 'gatedValue', this.dtype, [g, gate, gradValue]);
    const ofGate = prepare(...work, 'gatedGate', this.dtype, [g, gate, value, gradGate]);
    const valueLast = [g, gate, value].some((range) => overlap(range, gradValue));
    const gateLast = [g, gate].some((range) => overlap(range, gradGate));
    if (valueLast && gateLast)
      throw new GeluRangeError('gradValue', "memory apart from what is read, where 'gradGate' is not", 'an operand');
    return valueLast ? [ofGate, ofValue] : [ofValue, ofGate];
  }

  /**
   * value · act(gate) of arrays: gate and value, or one array with `columns`, or `shape` and `dim`. Float32Arrays, or for float16
   * Float16Arrays or Uint16Arrays of bits. The arrays go to the GPU and back, which takes longer than the kernel.
   *
   * @throws (rejects with) GeluTypeError, GeluRangeError for arrays that do not fit; GeluStateError if the device fails.
   */
  forward<T extends GPUArray>(gate: T, value: T, options?: { readonly out?: T | undefined }): Promise<T>;
  forward<T extends GPUArray>(input: T, options: GPUGatedCallOptions<T>): Promise<T>;
  async forward(first: GPUArray, second: unknown, options?: object): Promise<GPUArray> {
    const call = [this.#state, this.#bound, this.dtype] as const;
    return isOperand(second)
      ? gatedOnArrays(...call, first, second, options)
      : halvesOnArrays(...call, 'halves', [first], second);
  }

  /** The gradients, { gradGate, gradValue } or that of the input. As {@link forward}, gradOutput before the same arguments. */
  backward<T extends GPUArray>(gradOutput: T, gate: T, value: T): Promise<GatedGradients<T>>;
  backward<T extends GPUArray>(gradOutput: T, input: T, options: GPUGatedCallOptions<T>): Promise<T>;
  async backward(gradOutput: GPUArray, first: GPUArray, second: unknown): Promise<GPUArray | GatedGradients<GPUArray>> {
    const call = [this.#state, this.#bound, this.dtype] as const;
    return isOperand(second)
      ? gradientsOnArrays(...call, gradOutput, first, second)
      : halvesOnArrays(...call, 'halvesBackward', [gradOutput, first], second);
  }
}

const isOperand = (value: unknown): value is GPUArray => arrayClass(value) !== undefined || isArray(value);

/** Whether the operands are one array with halves; what cannot be read is told by who reads it. */
function hasInput<T extends object>(operands: T): operands is Extract<T, { readonly input: GPUOperand }> {
  try {
    return 'input' in operands;
  } catch {
    return false;
  }
}
