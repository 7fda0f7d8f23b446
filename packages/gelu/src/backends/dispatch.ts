import type { Order } from '../activations/gelu/forms.js';
import { bitsOf, type DType, SMALL_FLOATS, type TensorData } from '../kinds.js';
import { encode } from '../numerics/small-floats.js';
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
export interface Call {
  readonly dtype: DType;
  readonly precision: 'correct' | 'fast';
  readonly quantization: Quantization | undefined;
}

/** out = the function, or its derivative of the order given, on x, by the best kernel there is for the type. */
export function forward(target: Target, order: Order, x: TensorData, out: TensorData, call: Call): void {
  switch (call.dtype) {
    case 'int8':
    case 'uint8': {
      const table = quantizedTable(target, order, call.dtype, call.quantization as Quantization);
      lookUp(table, x as Int8Array, out as Int8Array, 255);
      return;
    }
    case 'float16':
    case 'bfloat16':
      lookUp(smallFloatTable(target, order, SMALL_FLOATS[call.dtype]), bitsOf(x), bitsOf(out), 65535);
      return;
  }
  const kernel = order === 2 ? undefined : kernelFor(target, order, call.dtype);
  if (kernel) {
    kernel.forward(x, out, call.precision);
    return;
  }
  const f = target.scalar(order);
  for (let i = 0; i < x.length; i++) out[i] = f(x[i]);
}

/** out = gradOutput · the function's derivative at x. */
export function backward(target: Target, gradOutput: TensorData, x: TensorData, out: TensorData, call: Call): void {
  if (call.dtype === 'float16' || call.dtype === 'bfloat16') {
    const format = SMALL_FLOATS[call.dtype];
    const values = smallFloatValues(format);
    const derivative = smallFloatDerivative(target, format);
    const [g, bits, result] = [bitsOf(gradOutput), bitsOf(x), bitsOf(out)];
    for (let i = 0; i < bits.length; i++) result[i] = encode(values[g[i]] * derivative[bits[i]], format);
    return;
  }
  const kernel = kernelFor(target, 1, call.dtype);
  if (kernel) {
    kernel.backward(gradOutput, x, out, call.precision);
    return;
  }
  const derivative = target.scalar(1);
  for (let i = 0; i < x.length; i++) out[i] = gradOutput[i] * derivative(x[i]);
}

/** The kernel for arrays of that type, which x, out and gradOutput then are. */
function kernelFor(target: Target, order: 0 | 1, dtype: DType): Kernel<TensorData> | undefined {
  return (dtype === 'float32' ? target.float32(order) : target.float64(order)) as Kernel<TensorData> | undefined;
}
