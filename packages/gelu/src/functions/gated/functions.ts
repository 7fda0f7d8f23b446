import type { ParameterValues } from '../../activations/model/parameters.js';
import type { silu as siluDefinition } from '../../activations/silu.js';
import { type GeluOptions, requireOptions } from '../../input/options.js';
import { describe, GeluTypeError } from '../../shared/errors.js';
import type { ActivationFunction } from '../elementwise.js';
import { identity, relu, silu } from '../family.js';
import { resolveGelu } from '../gelu.js';
import { namedTarget } from '../named.js';
import type { OptionsOf } from '../resolver.js';
import { type GatedFunction, gated } from './gated.js';

// value · act(gate) over the last axis [..., 2n] → [..., n], and its backward pass, on Float32Array and Float64Array.
//
// Rounding: act(gate) is rounded to the type of the arrays, then its product with the value: for float32 together at most
// 1.5 ULP. In the backward pass the same holds for the value's gradient; gradOutput·value is rounded before act'(gate)
// multiplies it. Source: Shazeer, GLU Variants Improve Transformer, arXiv 2002.05202 (2020).
//
// Throws GeluTypeError for what is no such array and for unknown options, GeluRangeError if `columns` is odd or does not
// divide the input's length, or `out` overlaps what is read.

/** Options of {@link glu} beside how the halves lie. */
export interface GluOptions {
  /** What the gate goes through: an activation's name, in any spelling that `activation` knows, or its function. */
  readonly activation?: string | ActivationFunction | undefined;
  /** Its parameters. */
  readonly parameters?: ParameterValues | undefined;
}

/** value · act(gate), act any activation: by default σ, the gated linear unit of Dauphin et al. and PyTorch's `glu`. */
export const glu: GatedFunction<GluOptions> = gated<GluOptions>('glu', (options = {}, extra) => {
  requireOptions(options, ['activation', 'parameters', ...extra]);
  const { activation = 'sigmoid', parameters } = options;
  if (typeof activation === 'string') return namedTarget(activation, parameters);
  if (typeof activation !== 'function' || typeof activation.resolve !== 'function')
    throw new GeluTypeError('activation', 'the name of an activation or its function', describe(activation));
  return activation.resolve(parameters, []);
});

/** value · gelu(gate), with gelu's options. */
export const geglu: GatedFunction<GeluOptions> = gated('geglu', resolveGelu);

/** value · relu(gate). */
export const reglu: GatedFunction = gated('reglu', (options, extra) => relu.resolve(options, extra));

/** value · silu(gate), with silu's `beta`. */
export const swiglu: GatedFunction<OptionsOf<typeof siluDefinition>> = gated<OptionsOf<typeof siluDefinition>>(
  'swiglu',
  (options, extra) => silu.resolve(options, extra),
);

/** value · gate. */
export const bilinear: GatedFunction = gated('bilinear', (options, extra) => identity.resolve(options, extra));
