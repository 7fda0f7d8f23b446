import type { NamedActivation } from '../console/activation-spec.js';
import { multiply, transpose } from './matrix.js';

/** Layer norm's: PyTorch's default. */
export const EPSILON = 1e-5;

/** What a layer keeps of its forward pass, row-major [batch, width]. */
export interface Layer {
  /** What the weights are multiplied by: the layer's input, normalized if the stack does. */
  input: Float64Array;
  /** The derivative of the activation at each unit's input. */
  slope: Float64Array;
  /** The layer's output, the residual added. */
  output: Float64Array;
  /** 1/√(variance + ε) of each row, if normalized. */
  scale?: Float64Array;
}

export interface StackOptions {
  width: number;
  /** Of each layer, [units, inputs] row-major. */
  weights: readonly Float64Array[];
  /** Of each layer, [units]; default: none. */
  biases?: readonly Float64Array[] | undefined;
  activation: NamedActivation;
  residual: boolean;
  normalize: boolean;
}

/**
 * A stack of dense layers of one width: y = f(W·x + b), with `residual` x + f(W·x + b), with `normalize` W is applied to the
 * layer norm of x (pre-norm, no trained scale). One forward pass is kept; `push` and `pull` multiply by its
 * Jacobian and the transpose, layer by layer.
 */
export class Stack {
  readonly width: number;
  readonly depth: number;
  readonly layers: Layer[] = [];
  readonly #options: StackOptions;
  readonly #transposed: Float64Array[];

  constructor(options: StackOptions) {
    this.#options = options;
    this.width = options.width;
    this.depth = options.weights.length;
    this.#transposed = options.weights.map((w) => transpose(w, options.width));
  }

  /** Runs layer after layer over `x` [batch, width]; stops between two of them whenever the caller does. */
  *forward(x: Float64Array): Generator<Layer> {
    this.layers.length = 0;
    const { activation, residual, normalize } = this.#options;
    let from = x;
    for (const [layer, transposed] of this.#transposed.entries()) {
      const { input, scale } = normalize ? normalized(from, this.width) : { input: from, scale: undefined };
      const given = multiply(input, transposed, this.width);
      const bias = this.#options.biases?.[layer];
      if (bias) for (let k = 0; k < given.length; k++) given[k] += bias[k % this.width];
      const output = activation.evaluate(0, given);
      if (residual) add(output, from);
      const done = { input, slope: activation.evaluate(1, given), output, ...(scale && { scale }) };
      this.layers.push(done);
      yield done;
      from = output;
    }
  }

  /** The change of layer `i`'s output for a change `tangent` of its input, in the first rows of the batch. */
  push(i: number, tangent: Float64Array): Float64Array {
    const { slope, scale, input } = this.layers[i];
    const inside = scale ? normTangent(tangent, input, scale, this.width) : tangent;
    const out = multiply(inside, this.#transposed[i], this.width);
    for (let k = 0; k < out.length; k++) out[k] *= slope[k];
    if (this.#options.residual) add(out, tangent);
    return out;
  }

  /** The gradients with respect to layer `i`'s weighted sums and to its input, from that with respect to its output. */
  pull(i: number, gradient: Float64Array): { sums: Float64Array; input: Float64Array } {
    const { slope, scale, input } = this.layers[i];
    const sums = gradient.map((g, k) => g * slope[k]);
    const inside = multiply(sums, this.#options.weights[i], this.width);
    const out = scale ? normTangent(inside, input, scale, this.width) : inside;
    if (this.#options.residual) add(out, gradient);
    return { sums, input: out };
  }
}

function add(to: Float64Array, from: Float64Array): void {
  for (let k = 0; k < to.length; k++) to[k] += from[k];
}

function normalized(x: Float64Array, width: number): { input: Float64Array; scale: Float64Array } {
  const input = new Float64Array(x.length);
  const scale = new Float64Array(x.length / width);
  for (let row = 0; row < scale.length; row++) {
    const at = row * width;
    let mean = 0;
    for (let k = 0; k < width; k++) mean += x[at + k] / width;
    let variance = 0;
    for (let k = 0; k < width; k++) variance += (x[at + k] - mean) ** 2 / width;
    scale[row] = 1 / Math.sqrt(variance + EPSILON);
    for (let k = 0; k < width; k++) input[at + k] = (x[at + k] - mean) * scale[row];
  }
  return { input, scale };
}

/** The Jacobian of the layer norm, which is symmetric, times `t`: scale·(t − mean(t) − y·mean(y·t)), y the normalized row. */
function normTangent(t: Float64Array, y: Float64Array, scale: Float64Array, width: number): Float64Array {
  const out = new Float64Array(t.length);
  for (let at = 0; at < t.length; at += width) {
    let mean = 0;
    let along = 0;
    for (let k = at; k < at + width; k++) {
      mean += t[k] / width;
      along += (t[k] * y[k]) / width;
    }
    for (let k = at; k < at + width; k++) out[k] = scale[at / width] * (t[k] - mean - y[k] * along);
  }
  return out;
}
