import { BY_MEAN, BY_STD, normalForm } from '../activations/gelu/normal-form.js';
import type { NestedArray } from '../input/arrays.js';
import { type GeluOptions, resolveForm } from '../input/options.js';
import type { DType, TensorData } from '../kernels/dtypes.js';
import { GeluRangeError } from '../shared/errors.js';
import { gradientSum } from './gradient-sum.js';

/** What {@link geluParameterGradients} returns. */
export interface GeluParameterGradients {
  readonly mean: number;
  readonly std: number;
}

/**
 * The gradients of GELU's mean and std, for those who train them: the sums over all elements of gradOutput · ∂/∂mean and
 * gradOutput · ∂/∂std of x·Φ(z), z = (x − mean)/std, which are −(x/std)·φ(z) and −(x/std)·z·φ(z).
 *
 * Inputs as for {@link geluBackward}. Each derivative is within 1 ULP of float64; the sums are float64.
 *
 * @throws GeluTypeError, GeluRangeError as there, and if `approximate` is not 'none'.
 *
 * @example
 * const { mean, std } = geluParameterGradients(1, 0.5, { mean: 0.1, std: 2 });
 * mean; // -0.09776067349386397
 * std; // -0.019552134698772795
 */
export function geluParameterGradients<T extends number | TensorData | NestedArray>(
  gradOutput: T,
  input: T,
  options: GeluOptions & { readonly dtype?: DType | undefined } = {},
): GeluParameterGradients {
  const { approximate, mean, std } = resolveForm(options, ['dtype']);
  if (approximate !== 'none')
    throw new GeluRangeError('approximate', "'none', the form with mean and std", `'${approximate}'`);
  const sum = (by: typeof BY_MEAN | typeof BY_STD): number =>
    gradientSum(gradOutput, input, options, (x) => normalForm(x, mean, std, by, false));
  return { mean: sum(BY_MEAN), std: sum(BY_STD) };
}
