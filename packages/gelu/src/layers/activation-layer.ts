import type { ActivationFunction } from '../functions/elementwise.js';
import type { Like, NestedArray } from '../input/arrays.js';
import { CALL_KEYS, type CallOptions, requireOptions } from '../input/options.js';
import type { TensorData } from '../kernels/dtypes.js';
import { Layer, requireKept, requireKeptApart } from './layer.js';

/** What a call of a layer may say: how typed arrays are read and where the result goes; the rest is the layer's. */
export type LayerCallOptions<T = TensorData> = CallOptions<T>;

/** What a layer works on. */
export type Tensor = number | TensorData | NestedArray;

/** A forward call, for its backward pass. */
export interface LayerCall {
  readonly input: Tensor;
  /** The parameters and the options of the call that say how the input is read. */
  readonly options: CallOptions;
}

/**
 * A layer that applies an activation.
 *
 * Shapes: any; the output has the shape and type of the input. `forward` keeps the input (not a copy, unless it works in
 * place) for `backward`, except after `eval()`.
 *
 * @example
 * const layer = new SiLU({ beta: 2 }); // every class of layer is one
 * layer.forward(new Float32Array([0, 1])).length; // 2
 */
export abstract class ActivationLayer extends Layer {
  #kept: LayerCall | undefined;

  /** The function and the options that the layer adds to every call. */
  protected abstract activation(): readonly [ActivationFunction, object];

  /** f(input), with f's inputs, accuracy and errors. */
  forward(input: number): number;
  forward<T extends TensorData>(input: T, options?: LayerCallOptions<T>): T;
  forward<T extends number | TensorData | NestedArray>(input: T): Like<T>;
  forward(input: Tensor, options: LayerCallOptions = {}): unknown {
    requireOptions(options, this.callKeys());
    const [f, parameters] = this.activation();
    const inPlace = ArrayBuffer.isView(input) && input.buffer === options.out?.buffer;
    const kept = this.training && inPlace ? (input as Float32Array).slice() : input;
    const output = f(input as TensorData, { ...parameters, ...options });
    const { out: _out, precision: _precision, ...reading } = options;
    this.#kept = this.training ? { input: kept, options: { ...parameters, ...reading } } : undefined;
    return output;
  }

  /**
   * gradOutput · f'(input) for the input of the last `forward`, read as it was there.
   *
   * @throws GeluStateError if there was no `forward` in training mode; GeluRangeError if `out` shares memory with the input
   * that was kept, which a second `backward` would read.
   */
  backward(gradOutput: number): number;
  backward<T extends TensorData>(gradOutput: T, options?: LayerCallOptions<T>): T;
  backward<T extends number | TensorData | NestedArray>(gradOutput: T): Like<T>;
  backward(gradOutput: Tensor, options: LayerCallOptions = {}): unknown {
    requireOptions(options, this.callKeys());
    const { input, options: own } = requireKept(this.#kept, this.training);
    const call = { input, options: { ...own, ...options } };
    requireKeptApart(options.out, input);
    // First, since `out` may be an array that it reads.
    this.differentiate?.(gradOutput, call);
    const [f] = this.activation();
    return f.backward(gradOutput as TensorData, input as TensorData, call.options);
  }

  /** Finds the gradients of the layer's own parameters. */
  protected differentiate?(gradOutput: Tensor, call: LayerCall): void;

  protected forget(): void {
    this.#kept = undefined;
  }

  /** The options that a call may have. */
  protected callKeys(): readonly string[] {
    return CALL_KEYS;
  }
}
