import { type Form, type Order, scalarFunction } from '../activations/gelu/forms.js';
import { GELU_FUNCTIONS } from '../kernels/gelu.js';
import { bitsOf, type DType, SMALL_FLOATS, type TensorData } from '../kinds.js';
import { encode } from '../numerics/small-floats.js';
import { float64Backward, float64Forward } from './float64.js';
import {
  lookUp,
  type Quantization,
  quantizedTable,
  smallFloatDerivative,
  smallFloatTable,
  smallFloatValues,
} from './lookup.js';
import { backwardFloat32, forwardFloat32 } from './wasm.js';

/** What a call says beyond the form: checked by `resolveCall`. */
export interface Call {
  readonly dtype: DType;
  readonly precision: 'correct' | 'fast';
  readonly quantization: Quantization | undefined;
}

/** out = the form, or its derivative of the order given, on x, by the best kernel there is for the type. */
export function forward(form: Form, order: Order, x: TensorData, out: TensorData, call: Call): void {
  switch (call.dtype) {
    case 'int8':
    case 'uint8': {
      const table = quantizedTable(form, order, call.dtype, call.quantization as Quantization);
      lookUp(table, x as Int8Array, out as Int8Array, 255);
      return;
    }
    case 'float16':
    case 'bfloat16':
      lookUp(smallFloatTable(form, order, SMALL_FLOATS[call.dtype]), bitsOf(x), bitsOf(out), 65535);
      return;
    case 'float32':
      if (isStandard(form) && order !== 2) {
        const f = GELU_FUNCTIONS[form.approximate][order];
        forwardFloat32(f, x as Float32Array, out as Float32Array, call.precision);
        return;
      }
      break;
    case 'float64':
      if (isStandard(form) && order !== 2) {
        float64Forward(form.approximate, order, x as Float64Array, out as Float64Array);
        return;
      }
  }
  const f = scalarFunction(form, order);
  for (let i = 0; i < x.length; i++) out[i] = f(x[i]);
}

/** out = gradOutput · the form's derivative at x. */
export function backward(form: Form, gradOutput: TensorData, x: TensorData, out: TensorData, call: Call): void {
  switch (call.dtype) {
    case 'float16':
    case 'bfloat16': {
      const format = SMALL_FLOATS[call.dtype];
      const values = smallFloatValues(format);
      const derivative = smallFloatDerivative(form, format);
      const [g, bits, result] = [bitsOf(gradOutput), bitsOf(x), bitsOf(out)];
      for (let i = 0; i < bits.length; i++) result[i] = encode(values[g[i]] * derivative[bits[i]], format);
      return;
    }
    case 'float32':
      if (isStandard(form)) {
        const f = GELU_FUNCTIONS[form.approximate][1];
        const [g, input, result] = [gradOutput, x, out] as Float32Array[];
        backwardFloat32(f, g, input, result, call.precision);
        return;
      }
      break;
    case 'float64':
      if (isStandard(form)) {
        const [g, input, result] = [gradOutput, x, out] as Float64Array[];
        float64Backward(form.approximate, g, input, result);
        return;
      }
  }
  const derivative = scalarFunction(form, 1);
  for (let i = 0; i < x.length; i++) out[i] = gradOutput[i] * derivative(x[i]);
}

/** The forms that have kernels; other means and deviations go through the scalar definition. */
function isStandard({ mean, std }: Form): boolean {
  return mean === 0 && std === 1;
}
