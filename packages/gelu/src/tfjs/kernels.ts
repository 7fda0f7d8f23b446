import type { KernelConfig, NamedAttrMap, NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import type { Order } from '../activations/model/order.js';
import { compute as computeArray } from '../kernels/dispatch.js';
import type { Program } from '../kernels/memory/program.js';
import { run as runProgram } from '../kernels/memory/stage.js';
import type { Target } from '../kernels/target.js';
import '../fast.js';
import * as tf from '@tensorflow/tfjs-core';
import type { Precision } from '../kernels/wasm/modules.js';

/** The activation, or a derivative of it, at every element of `x`. */
export const ACTIVATION = 'GeluActivation';
/** `dy` times the activation's derivative at `x`. */
export const ACTIVATION_GRAD = 'GeluActivationGrad';

/** What our kernels get as attributes. */
export interface Work {
  readonly target: Target;
  readonly precision: Precision;
  /** Which derivative; 1 for the gradient. */
  readonly order: Order;
}

/** What a backend's kernel does with float32 arrays of one length. */
export function compute(work: Work, x: Float32Array, out: Float32Array, dy?: Float32Array): void {
  const { target, order, precision } = work;
  const call = { dtype: 'float32', precision, quantization: undefined } as const;
  // The fast kernel from the first element on: a model's result must not depend on what was computed before.
  const fast = precision === 'fast' && order !== 2 ? fastProgram(target, order) : undefined;
  if (fast) runProgram(fast, x, out, dy);
  else computeArray(target, order, x, out, call, dy);
}

/** GELU's fast kernel: those of others give the same bits whatever is asked for. */
function fastProgram({ source, float32 }: Target, order: 0 | 1): Program | undefined {
  return 'definition' in source ? undefined : float32(order)?.program?.('fast');
}

/** What a kernel of ours gets: `dy` for the gradient only. */
export interface Inputs {
  readonly x: Tensor;
  readonly dy?: Tensor | undefined;
}

/** Registers both kernels for a backend, unless it has them. */
export function register(backendName: string, run: (inputs: Inputs, work: Work, backend: unknown) => unknown): void {
  for (const kernelName of [ACTIVATION, ACTIVATION_GRAD]) {
    if (tf.getKernel(kernelName, backendName)) continue;
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => run(inputs as unknown as Inputs, attrs as unknown as Work, backend),
    } as KernelConfig);
  }
}

/** f's derivative of the order given, at x. */
export function run(x: Tensor, work: Work): Tensor {
  return runKernel(ACTIVATION, { x }, work);
}

/** dy·f'(x). */
export function runGrad(dy: Tensor, x: Tensor, work: Work): Tensor {
  return runKernel(ACTIVATION_GRAD, { dy, x }, { ...work, order: 1 });
}

function runKernel(name: string, inputs: NamedTensorMap, work: Work): Tensor {
  return tf.engine().runKernel(name, inputs, work as unknown as NamedAttrMap);
}
