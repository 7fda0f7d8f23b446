import { type Activation, type Bound, bind } from '../activations/model/activation.js';
import type { Order } from '../activations/model/order.js';
import { requireActivation } from '../activations/model/require.js';
import { requireOptions } from '../input/options.js';
import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';
import { expectation } from './expectation.js';
import { crossings } from './roots.js';

/** A deep dense network of great width: weights normal with variance weightStd²/inputs, biases with biasStd². */
export interface Network {
  readonly weightStd: number;
  /** Default 0. */
  readonly biasStd?: number;
}

/** A variance that a layer leaves as it is. */
export interface FixedPoint {
  readonly q: number;
  /** The derivative of the map there: below 1 a neighbouring variance comes nearer, layer by layer. */
  readonly slope: number;
  readonly stability: 'stable' | 'unstable' | 'marginal';
}

/** Where neither a signal nor a gradient grows or dies: weights and biases at which chi is 1 and q is kept. */
export interface CriticalPoint {
  readonly q: number;
  readonly weightStd: number;
  readonly biasStd: number;
}

/** How near to 1 a slope counts as 1. */
const MARGIN = 1e-9;
const SMALLEST = 1e-100;

/**
 * Mean-field theory of an activation in a wide random network (Poole et al. 2016, arXiv 1606.05340; Schoenholz et al. 2017,
 * arXiv 1611.01232; Hayou et al. 2019, arXiv 1902.06853). q is the variance of what the activation is given, from 1e-100 to
 * 1e100; 0 is the limit from above. Values have 12 digits.
 *
 * @throws GeluTypeError or GeluRangeError, also of its methods, for what is no activation, variance, network or correlation.
 * @example
 * new MeanField(activation('relu')).chi(1, { weightStd: Math.SQRT2 }).toFixed(12); // "1.000000000000"
 */
export class MeanField {
  readonly activation: Bound;

  constructor(activation: Activation | Bound) {
    const known = requireActivation(activation);
    this.activation = 'definition' in known ? known : bind(known);
  }

  /** E[f(√q·z)²]: the mean square of the outputs. */
  secondMoment(q: number): number {
    checkVariance(q);
    if (q === 0) return this.#at(0, 0) ** 2;
    const root = Math.sqrt(q);
    return q * this.#mean(q, (x) => (this.#at(0, x) / root) ** 2);
  }

  /** E[f(√q·z)]: the mean of the outputs. */
  mean(q: number): number {
    checkVariance(q);
    return q === 0 ? this.#at(0, 0) : this.#mean(q, (x) => this.#at(0, x));
  }

  /** E[f'(√q·z)²]: by how much a layer of weightStd 1 multiplies the variance of a gradient; of a small difference too. */
  slopeMoment(q: number): number {
    checkVariance(q);
    return this.#mean(q || SMALLEST, (x) => this.#at(1, x) ** 2);
  }

  /** The variance after one more layer, weightStd²·E[f(√q·z)²] + biasStd². */
  next(q: number, network: Network): number {
    checkNetwork(network);
    const { weightStd, biasStd = 0 } = network;
    return weightStd ** 2 * this.secondMoment(q) + biasStd ** 2;
  }

  /** The derivative of `next`, weightStd²·E[f(√q·z)·f'(√q·z)·z]/√q, where f is continuous. */
  slope(q: number, network: Network): number {
    checkNetwork(network);
    checkVariance(q);
    const { weightStd } = network;
    if (q === 0) return weightStd ** 2 * this.slopeMoment(0);
    const root = Math.sqrt(q);
    return weightStd ** 2 * this.#mean(q, (x) => ((this.#at(0, x) / root) * this.#at(1, x) * x) / root);
  }

  /** χ = weightStd²·E[f'(√q·z)²]: above 1 gradients grow towards the input and near inputs part (chaos), below 1 both die. */
  chi(q: number, network: Network): number {
    checkNetwork(network);
    return network.weightStd ** 2 * this.slopeMoment(q);
  }

  /**
   * The variances between 1e-8 and 1e8, and 0, that a layer keeps. Where every variance is kept, as with ReLU and weightStd √2,
   * `all` is true and the points are empty.
   */
  fixedPoints(network: Network): { all: boolean; points: FixedPoint[] } {
    checkNetwork(network);
    const excess = (logarithm: number): number => {
      const q = Math.exp(logarithm);
      return this.next(q, network) / q - 1;
    };
    const { flat, roots } = crossings(excess, Math.log(1e-8), Math.log(1e8), 64, 1e-12);
    if (flat) return { all: true, points: [] };
    const zero = this.next(0, network) === 0 ? [0] : [];
    const points = [...zero, ...roots.map(Math.exp)].map((q): FixedPoint => {
      const slope = this.slope(q, network);
      const near = Math.abs(slope - 1) < MARGIN;
      return { q, slope, stability: near ? 'marginal' : slope < 1 ? 'stable' : 'unstable' };
    });
    return { all: false, points };
  }

  /** The correlation c of two inputs of variance q, after one more layer that keeps q. From −1 to 1. */
  correlation(c: number, q: number, network: Network): number {
    checkNetwork(network);
    if (typeof c !== 'number') throw new GeluTypeError('c', 'a number', describe(c));
    if (!(Math.abs(c) <= 1)) throw new GeluRangeError('c', 'a correlation from -1 to 1', describe(c));
    const { weightStd, biasStd = 0 } = network;
    return (weightStd ** 2 * this.#product(0, c, q) + biasStd ** 2) / this.next(q, network);
  }

  /** The number of layers in which a variance near the fixed point q comes nearer by a factor of e; Infinity at slope 1. */
  varianceDepth(q: number, network: Network): number {
    return depthOf(this.slope(q, network));
  }

  /** The number of layers in which two inputs' correlation comes nearer to 1, or (where χ > 1) leaves it, by a factor of e. */
  correlationDepth(q: number, network: Network): number {
    return depthOf(this.chi(q, network));
  }

  /**
   * The weights and biases of the edge of chaos at which q is kept and χ is 1: weightStd² = 1/E[f'²], biasStd² = q −
   * weightStd²·E[f²]; null where that is negative: no biases can keep q then.
   */
  criticalPoint(q: number): CriticalPoint | null {
    const weightVariance = 1 / this.slopeMoment(q);
    const biasVariance = q - weightVariance * this.secondMoment(q);
    if (!(biasVariance >= -1e-12 * q) || !Number.isFinite(weightVariance)) return null;
    const exact = Math.abs(biasVariance) <= 1e-12 * q ? 0 : biasVariance;
    return { q, weightStd: Math.sqrt(weightVariance), biasStd: Math.sqrt(exact) };
  }

  /** The points of the edge of chaos with these biases, by rising q between 1e-8 and 1e8. */
  edgeOfChaos(biasStd: number): CriticalPoint[] {
    checkNetwork({ weightStd: 1, biasStd });
    const missing = (logarithm: number): number => {
      const q = Math.exp(logarithm);
      return 1 - this.secondMoment(q) / this.slopeMoment(q) / q - biasStd ** 2 / q;
    };
    const { roots } = crossings(missing, Math.log(1e-8), Math.log(1e8), 64, 1e-12);
    return roots.map((root) => {
      const q = Math.exp(root);
      return { q, weightStd: 1 / Math.sqrt(this.slopeMoment(q)), biasStd };
    });
  }

  /** E of the product of f, or a derivative, at two inputs of variance q and correlation c. */
  #product(order: Order, c: number, q: number): number {
    checkVariance(q);
    const root = Math.sqrt(q || SMALLEST);
    if (c === 1) return this.#mean(q || SMALLEST, (x) => this.#at(order, x) ** 2);
    const rest = Math.sqrt((1 - c) * (1 + c));
    const points = this.#points().map((x) => x / root);
    return expectation(
      (z) => {
        const inner = points.map((point) => (point - c * z) / rest);
        const value = this.#at(order, root * z);
        return value === 0 ? 0 : value * expectation((w) => this.#at(order, root * (c * z + rest * w)), inner, 1);
      },
      points,
      1,
    );
  }

  #mean(q: number, g: (x: number) => number): number {
    const root = Math.sqrt(q);
    const points = this.#points().map((x) => x / root);
    return expectation((z) => g(root * z), points);
  }

  #at(order: Order, x: number): number {
    return this.activation.evaluate(order, x);
  }

  /** Where the function is not smooth, or turns. */
  #points(): number[] {
    const { definition, parameters, shape } = this.activation;
    const facts = definition.facts?.(parameters);
    const breaks = shape.breaks.map((b) => (typeof b === 'number' ? b : b.x));
    const centre = shape.kind === 'algebraic' && shape.centre !== undefined ? [shape.centre] : [];
    const zeros = shape.kind === 'piecewise' ? [] : shape.zeros.flat();
    const all = [0, ...breaks, ...centre, ...zeros, ...(facts?.kinks ?? []), ...(facts?.stationary ?? [])];
    return [...new Set(all.filter(Number.isFinite))];
  }
}

function depthOf(slope: number): number {
  return Math.abs(slope - 1) < MARGIN ? Number.POSITIVE_INFINITY : 1 / Math.abs(Math.log(slope));
}

function checkVariance(q: number): void {
  if (typeof q !== 'number') throw new GeluTypeError('q', 'a number', describe(q));
  if (q !== 0 && !(q >= SMALLEST && q <= 1 / SMALLEST))
    throw new GeluRangeError('q', '0 or a variance from 1e-100 to 1e100', describe(q));
}

function checkNetwork(network: Network): void {
  requireOptions(network, ['weightStd', 'biasStd'], ['q'], 'network'); // q: a CriticalPoint is a network
  const { weightStd, biasStd = 0 } = network;
  for (const [name, value] of Object.entries({ weightStd, biasStd })) {
    if (typeof value !== 'number') throw new GeluTypeError(name, 'a number', describe(value));
    if (!(value >= 0 && value <= 1e100)) throw new GeluRangeError(name, 'a number from 0 to 1e100', describe(value));
  }
}
