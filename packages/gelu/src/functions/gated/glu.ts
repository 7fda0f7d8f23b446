import type { GivenParameters } from '../../activations/model/parameters.js';
import { requireOptions } from '../../input/options.js';
import { describe, GeluTypeError } from '../../shared/errors.js';
import type { ActivationFunction } from '../elementwise.js';
import { namedTarget } from '../named.js';
import { gated } from './gated.js';
import type { GatedFunction } from './types.js';

/** Options of {@link glu} beside how the halves lie. */
export interface GluOptions {
  /** What the gate goes through: an activation's name, in any spelling that `activation` knows, or its function. */
  readonly activation?: string | ActivationFunction | undefined;
  /** Its parameters. */
  readonly parameters?: GivenParameters | undefined;
}

/**
 * value · act(gate), act any activation: by default σ, the gated linear unit of Dauphin et al. and PyTorch's `glu`. The halves
 * of one axis, [..., 2n, ...] → [..., n, ...], or gate and value as two arrays of one shape; on typed arrays of floating point
 * (one typed array with `columns`, the size of its last axis, or `shape` and `dim`) and nested arrays. `glu.backward` takes
 * gradOutput before the same arguments and gives the gradient of the input, or { gradGate, gradValue }.
 *
 * Accuracy: act(gate) is rounded to the type, then the product: for float32 and 16-bit floats at most 1.5 ULP. In the backward pass the same holds for the
 * value's gradient; of the gate's, gradOutput·value is rounded before the derivative multiplies it.
 *
 * Source: Dauphin, Fan, Auli, Grangier, Language Modeling with Gated Convolutional Networks (2016), https://arxiv.org/abs/1612.08083.
 *
 * @throws GeluTypeError for what is no such array and for unknown options, GeluRangeError for a name that no activation has, if
 * `columns` is odd or does not divide the input's length, or if `out` overlaps what is read.
 * @example
 * glu(Float64Array.of(3, 0), { columns: 2 }); // Float64Array [1.5]
 * glu(Float64Array.of(3, 2), { columns: 2, activation: 'relu' }); // Float64Array [6]
 * glu(Float64Array.of(0), Float64Array.of(3)); // Float64Array [1.5]
 */
export const glu: GatedFunction<GluOptions> = /* @__PURE__ */ gated<GluOptions>('glu', (options = {}, extra) => {
  requireOptions(options, ['activation', 'parameters', ...extra]);
  const { activation = 'sigmoid', parameters } = options;
  if (typeof activation === 'string') return namedTarget(activation, parameters);
  if (typeof activation !== 'function' || typeof activation.resolve !== 'function')
    throw new GeluTypeError('activation', 'the name of an activation or its function', describe(activation));
  return activation.resolve(parameters, []);
});
