import { faster } from '../../activations/gelu/faster.js';
import { evaluate, type Form, isStandard, scalarFunction } from '../../activations/gelu/forms.js';
import type { Target } from '../target.js';
import { GELU_FUNCTIONS } from './functions.js';
import { geluKernel } from './kernel.js';

/** GELU with its kernels: those with mean 0 and std 1 have them, others go through the scalar definition. */
export function geluTarget(form: Form): Target {
  const { approximate, mean, std } = form;
  const scalars: ReturnType<typeof scalarFunction>[] = [];
  const standard = isStandard(form);
  return {
    key: `gelu(approximate=${approximate},mean=${mean},std=${std})`,
    evaluate: (order, x, precise) => evaluate(form, order, x, precise),
    scalar: (order) => (scalars[order] ??= scalarFunction(form, order)),
    float32: (order) => (standard ? geluKernel(GELU_FUNCTIONS[approximate][order]) : undefined),
    float64: (order) => (standard ? faster.float64?.kernel(approximate, order) : undefined),
    source: form,
  };
}
