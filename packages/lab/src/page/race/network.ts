import { activationFunction, type Bound, sigmoid, softplus } from 'gelu';
import { random } from '../../numbers/random.js';

/** A dense layer: weights [units, inputs], biases, their gradients and Adam's moments. */
interface Dense {
  inputs: number;
  units: number;
  /** Weights, then biases. */
  values: Float32Array;
  gradients: Float32Array;
  first: Float32Array;
  second: Float32Array;
}

export interface NetworkOptions {
  /** The widths of the hidden layers. */
  hidden: readonly number[];
  activation: Bound;
  seed: number;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/**
 * A network from two inputs to the logit of a class, on plain typed arrays: dense layers, one activation between them, Adam. Weights
 * are float32, sums float64 in a fixed order; the activation, sigmoid and softplus are this library's: a training gives the same
 * bits in every browser and in Node.
 */
export class Network {
  #activation: Bound;
  readonly #layers: Dense[];
  /** The powers of Adam's betas, by products: a step multiplies them once. */
  #powers: [number, number] = [1, 1];
  /** Before and after the activation, by layer, of the last forward pass. */
  readonly #before: Float32Array[] = [];
  readonly #after: Float32Array[] = [];

  constructor({ hidden, activation, seed }: NetworkOptions) {
    this.#activation = activation;
    const { uniform } = random(seed, 'race weights');
    const widths = [2, ...hidden, 1];
    this.#layers = widths.slice(1).map((units, i) => {
      const inputs = widths[i];
      const values = new Float32Array(units * inputs + units);
      // He's variance, evenly spread: the same weights for every activation.
      const reach = Math.sqrt(6 / inputs);
      for (let k = 0; k < units * inputs; k++) values[k] = reach * (2 * uniform() - 1);
      const zeros = (): Float32Array => new Float32Array(values.length);
      return { inputs, units, values, gradients: zeros(), first: zeros(), second: zeros() };
    });
  }

  /** Goes on with another activation and the same weights. */
  use(activation: Bound): void {
    this.#activation = activation;
  }

  /** The logits of points [n, 2]. */
  forward(x: Float32Array): Float32Array {
    const f = activationFunction(this.#activation);
    let input = x;
    this.#layers.forEach((layer, i) => {
      const sums = weighted(layer, input);
      this.#before[i] = sums;
      if (i < this.#layers.length - 1) input = f(sums);
      else input = sums;
      this.#after[i] = input;
    });
    return input;
  }

  /** The mean logistic loss and the share of right answers. */
  score(x: Float32Array, y: Uint8Array): { loss: number; accuracy: number } {
    const logits = this.forward(x);
    const losses = softplus(logits);
    let loss = 0;
    let right = 0;
    for (let i = 0; i < y.length; i++) {
      loss += (losses[i] - y[i] * logits[i]) / y.length;
      if (logits[i] > 0 === (y[i] === 1)) right++;
    }
    return { loss, accuracy: right / y.length };
  }

  /** One step of Adam on a batch; the root mean square of each layer's weight gradient. */
  train(x: Float32Array, y: Uint8Array, rate: number): number[] {
    const f = activationFunction(this.#activation);
    const logits = this.forward(x);
    const chances = sigmoid(logits);
    let upper: Float32Array = new Float32Array(y.length);
    for (let i = 0; i < y.length; i++) upper[i] = (chances[i] - y[i]) / y.length;
    const sizes: number[] = [];
    this.#powers = [this.#powers[0] * BETA1, this.#powers[1] * BETA2];
    for (let i = this.#layers.length - 1; i >= 0; i--) {
      const layer = this.#layers[i];
      const input = i === 0 ? x : this.#after[i - 1];
      const lower = pulled(layer, input, upper);
      sizes[i] = sizeOf(layer.gradients);
      if (i > 0) {
        const slopes = f.derivative(this.#before[i - 1]);
        for (let k = 0; k < lower.length; k++) lower[k] *= slopes[k];
      }
      adam(layer, rate, this.#powers);
      upper = lower;
    }
    return sizes;
  }

  /** For each hidden layer, which units have |f'| below 10⁻³ at all of the points: they do not learn. */
  dead(x: Float32Array): Uint8Array[] {
    this.forward(x);
    const f = activationFunction(this.#activation);
    return this.#layers.slice(0, -1).map(({ units }, i) => {
      const slopes = f.derivative(this.#before[i]);
      const quiet = new Uint8Array(units).fill(1);
      for (let k = 0; k < slopes.length; k++) if (Math.abs(slopes[k]) >= 1e-3) quiet[k % units] = 0;
      return quiet;
    });
  }

  /** All weights and biases. */
  get weights(): Float32Array[] {
    return this.#layers.map(({ values }) => values.slice());
  }
}

/** W·x + b for each row. */
function weighted({ inputs, units, values }: Dense, x: Float32Array): Float32Array {
  const rows = x.length / inputs;
  const out = new Float32Array(rows * units);
  const biases = units * inputs;
  for (let row = 0; row < rows; row++)
    for (let unit = 0; unit < units; unit++) {
      let sum = values[biases + unit];
      for (let k = 0; k < inputs; k++) sum += values[unit * inputs + k] * x[row * inputs + k];
      out[row * units + unit] = sum;
    }
  return out;
}

/** Fills the gradients of a layer from that of its output; gives that of its input. */
function pulled({ inputs, units, values, gradients }: Dense, x: Float32Array, upper: Float32Array): Float32Array {
  const rows = x.length / inputs;
  const sums = new Float64Array(gradients.length);
  const lower = new Float64Array(x.length);
  const biases = units * inputs;
  for (let row = 0; row < rows; row++)
    for (let unit = 0; unit < units; unit++) {
      const g = upper[row * units + unit];
      sums[biases + unit] += g;
      for (let k = 0; k < inputs; k++) {
        sums[unit * inputs + k] += g * x[row * inputs + k];
        lower[row * inputs + k] += g * values[unit * inputs + k];
      }
    }
  gradients.set(sums);
  return Float32Array.from(lower);
}

function adam(
  { values, gradients, first, second }: Dense,
  rate: number,
  [power1, power2]: readonly [number, number],
): void {
  for (let k = 0; k < values.length; k++) {
    const g = gradients[k];
    first[k] = BETA1 * first[k] + (1 - BETA1) * g;
    second[k] = BETA2 * second[k] + (1 - BETA2) * g * g;
    values[k] -= (rate * (first[k] / (1 - power1))) / (Math.sqrt(second[k] / (1 - power2)) + EPSILON);
  }
}

function sizeOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / values.length);
}
