import { evaluate, type Form, scalarFunction } from '../activations/gelu/forms.js';
import { GELU_FUNCTIONS } from '../kernels/gelu.js';
import { float64Backward, float64Forward } from './float64.js';
import type { Target } from './target.js';
import { backwardFloat32, forwardFloat32 } from './wasm.js';

/** GELU with its kernels: those with mean 0 and std 1 have them, others go through the scalar definition. */
export function geluTarget(form: Form): Target {
  const { approximate, mean, std } = form;
  const scalars: ReturnType<typeof scalarFunction>[] = [];
  const standard = mean === 0 && std === 1;
  return {
    key: `gelu(approximate=${approximate},mean=${mean},std=${std})`,
    evaluate: (order, x, precise) => evaluate(form, order, x, precise),
    scalar: (order) => (scalars[order] ??= scalarFunction(form, order)),
    float32(order) {
      if (!standard) return undefined;
      const f = GELU_FUNCTIONS[approximate][order];
      return {
        forward: (x, out, precision) => forwardFloat32(f, x, out, precision),
        backward: (gradOutput, x, out, precision) => backwardFloat32(f, gradOutput, x, out, precision),
      };
    },
    float64(order) {
      if (!standard) return undefined;
      return {
        forward: (x, out) => float64Forward(approximate, order, x, out),
        backward: (gradOutput, x, out) => float64Backward(approximate, gradOutput, x, out),
      };
    },
    source: form,
  };
}
