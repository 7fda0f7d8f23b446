import { activation } from '../activations/index.js';
import { type Activation, type Bound, bind, type Source } from '../activations/model/activation.js';
import { requireActivation } from '../activations/model/require.js';
import { requireOptions } from '../input/options.js';
import { describe, GeluRangeError } from '../shared/errors.js';
import { MeanField } from './mean-field.js';

export interface GainOptions {
  /**
   * What is to be kept from layer to layer: 'forward' (default) the variance of the signal, 'backward' that of the gradient,
   * 'both' both, by the gain of the edge of chaos, which for most activations needs biases (see `MeanField.criticalPoint`).
   */
  readonly keep?: 'forward' | 'backward' | 'both';
  /** The variance of what the activation is given, default 1: after layer norm it is gain², so there it does not matter. */
  readonly q?: number;
  /**
   * With a residual connection, x + f(W·x), the variance grows in each layer whatever the gain; this is the number of layers
   * over which it may grow by a factor of e: the branch is made smaller by √layers. Default: no residual connection.
   */
  readonly residualLayers?: number;
  /** 'PyTorch': the numbers of `torch.nn.init.calculate_gain`, of which tanh's, sigmoid's and SELU's are conventions. */
  readonly source?: 'PyTorch';
}

const KEEP = ['forward', 'backward', 'both'];

/**
 * The factor for weights of standard deviation gain/√inputs that keeps a signal, or a gradient, at its size through a deep
 * network with this activation. forward: √(q/E[f(√q·z)²]), z normal; backward and both: 1/√E[f'(√q·z)²]. 12 digits.
 *
 * `which` is a name as `activation` takes it ('gelu', 'leaky_relu'; also PyTorch's 'linear', 'conv1d' … for no activation), a
 * definition, or what `activation` returns.
 *
 * @throws GeluTypeError for an unknown option or one of the wrong type, GeluRangeError for an unknown name, a value that is not allowed, an
 * activation whose output is always 0, or 'both' where no biases keep q.
 * @example
 * gain('gelu').toFixed(5); // "1.53353"
 * gain('relu') === Math.SQRT2; // true
 */
export function gain(which: string | Activation | Bound, options: GainOptions = {}): number {
  requireOptions(options, ['keep', 'q', 'residualLayers', 'source']);
  const { keep = 'forward', q = 1, residualLayers, source } = options;
  if (!KEEP.includes(keep)) throw new GeluRangeError('keep', KEEP.map((k) => `'${k}'`).join(' or '), describe(keep));
  if (source !== undefined && source !== 'PyTorch')
    throw new GeluRangeError('source', "'PyTorch' or undefined", describe(source));
  if (residualLayers !== undefined && !(Number.isInteger(residualLayers) && residualLayers > 0))
    throw new GeluRangeError('residualLayers', 'a whole number above 0', describe(residualLayers));
  const bound = boundOf(which, source);
  const field = new MeanField(bound);
  const moment = keep === 'forward' ? field.secondMoment(q) / q : field.slopeMoment(q);
  const found = source === 'PyTorch' ? conventional(bound) : Math.sqrt(1 / moment);
  if (!Number.isFinite(found))
    throw new GeluRangeError('activation', 'one whose output is not 0 everywhere', bound.definition.name);
  if (keep === 'both' && source === undefined && field.criticalPoint(q) === null)
    throw new GeluRangeError('q', 'a variance that biases can keep on the edge of chaos', describe(q));
  return residualLayers === undefined ? found : found / Math.sqrt(residualLayers);
}

/** PyTorch's names of layers without an activation. */
const LINEAR = /^(linear|conv(_?transpose)?_?[123]d)$/i;

function boundOf(which: string | Activation | Bound, source: Source | undefined): Bound {
  if (typeof which === 'string') return activation(LINEAR.test(which) ? 'identity' : which, {}, source);
  const known = requireActivation(which);
  return 'definition' in known ? known : bind(known);
}

function conventional({ definition, parameters }: Bound): number {
  switch (definition.name) {
    case 'identity':
    case 'sigmoid':
      return 1;
    case 'tanh':
      return 5 / 3;
    case 'relu':
      return Math.SQRT2;
    case 'leakyRelu':
      return Math.sqrt(2 / (1 + Number(parameters.negativeSlope) ** 2));
    case 'selu':
      return 3 / 4;
    default:
      throw new GeluRangeError('activation', 'one that PyTorch has a gain for', definition.name);
  }
}
