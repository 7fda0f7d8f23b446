import type { Order } from '../activations/model/order.js';
import { encode, type SmallFloat } from '../numerics/small-floats.js';
import { bitsOf, type DType, SMALL_FLOATS, type TensorData } from './dtypes.js';
import {
  lookUp,
  type Quantization,
  quantizedTable,
  smallFloatDerivative,
  smallFloatTable,
  smallFloatValues,
} from './lookup.js';
import type { Kernel, Target } from './target.js';

/** What a call says beyond the function: checked by `resolveCall`. */
export interface ArrayCall {
  readonly dtype: DType;
  readonly precision: 'correct' | 'fast';
  /** For the types that have one. */
  readonly quantization: Quantization | undefined;
}

/**
 * out = the function, or its derivative of the order given, on x, times gradOutput if there is one (then the order is 1), by the
 * best kernel there is for the type.
 */
export function compute(
  target: Target,
  order: Order,
  x: TensorData,
  out: TensorData,
  call: ArrayCall,
  gradOutput?: TensorData,
): void {
  const { dtype, quantization } = call;
  const format = SMALL_FLOATS[dtype];
  if (format) {
    if (gradOutput) multiply(target, format, bitsOf(gradOutput), bitsOf(x), bitsOf(out));
    else lookUp(smallFloatTable(target, order, format), bitsOf(x), bitsOf(out));
  } else if (quantization) lookUp(quantizedTable(target, order, dtype, quantization), x as Int8Array, out as Int8Array);
  else wide(target, order, x, out, call, gradOutput);
}

/** 16 bits: out = gradOutput · the derivative at x. */
function multiply(target: Target, format: SmallFloat, gradOutput: Uint16Array, x: Uint16Array, out: Uint16Array): void {
  const values = smallFloatValues(format);
  const derivative = smallFloatDerivative(target, format);
  for (let i = 0; i < x.length; i++) out[i] = encode(values[gradOutput[i]] * derivative[x[i]], format);
}

/** float32 and float64: the function, times gradOutput if there is one. */
function wide(
  target: Target,
  order: Order,
  x: TensorData,
  out: TensorData,
  { dtype, precision }: ArrayCall,
  gradOutput?: TensorData,
): void {
  const kernels = dtype === 'float32' ? target.float32 : target.float64;
  const kernel = order === 2 ? undefined : (kernels(order) as Kernel<TensorData> | undefined);
  if (kernel === undefined) {
    const f = target.scalar(order);
    for (let i = 0; i < x.length; i++) out[i] = gradOutput ? gradOutput[i] * f(x[i]) : f(x[i]);
  } else if (gradOutput) kernel.backward(gradOutput, x, out, precision);
  else kernel.forward(x, out, precision);
}
