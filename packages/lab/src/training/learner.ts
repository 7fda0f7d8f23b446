import { jit, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { type Examples, PIXELS } from '../data/mnist.js';
import type { ModelActivation } from '../models/activations.js';
import {
  crossEntropy,
  initialize,
  logits,
  type MlpParameters,
  type MlpShape,
  paddedClasses,
  preActivations,
} from '../models/mlp.js';
import type { Random } from '../random.js';
import { type AdamState, adam, adamRate, adamState } from './adam.js';
import { deadShare } from './dead.js';
import { crossEntropyOf, type Scores } from './scores.js';

/** A batch in the form that the model takes. */
export interface Batch {
  images: Float32Array<ArrayBuffer>;
  /** [batch, padded classes] */
  oneHot: Float32Array<ArrayBuffer>;
}

/** What a training step tells. */
export interface StepResult {
  /** Mean cross-entropy of the batch before the step, in nats. */
  loss: number;
  /** The Euclidean norm of the gradient with respect to the weights of each layer, from the first to the last. */
  gradientNorms: number[];
}

/** Examples to a forward pass when evaluating. */
const CHUNK = 1000;

/** A network in training: its parameters, the state of Adam and the compiled step. Dispose of it when done. */
export class Learner {
  readonly #shape: MlpShape;
  readonly #activation: ModelActivation;
  readonly #step;
  readonly #logits;
  readonly #preActivations;
  #parameters: MlpParameters;
  #adam: AdamState;
  #steps = 0;

  constructor(shape: MlpShape, activation: ModelActivation, random: Random) {
    const f = activation.apply;
    this.#shape = shape;
    this.#activation = activation;
    this.#parameters = initialize(shape, random);
    this.#adam = adamState(this.#parameters);
    this.#step = jit(trainingStep(shape, f));
    this.#logits = jit((p: MlpParameters, x: np.Array) => logits(shape, f, p, x));
    this.#preActivations = jit((p: MlpParameters, x: np.Array) => preActivations(shape, f, p, x));
  }

  /** The steps done. */
  get steps(): number {
    return this.#steps;
  }

  /** One step of Adam on a batch. */
  async step({ images, oneHot }: Batch, learningRate: number): Promise<StepResult> {
    const count = images.length / this.#shape.inputs;
    const rate = np.array(adamRate(learningRate, this.#steps + 1));
    const x = np.array(images, { shape: [count, this.#shape.inputs] });
    const y = np.array(oneHot, { shape: [count, paddedClasses(this.#shape)] });
    const [parameters, state, told] = this.#step(this.#parameters, this.#adam, x, y, rate);
    this.#parameters = parameters;
    this.#adam = state;
    this.#steps++;
    const [loss, ...squares] = (await told.data()) as Float32Array;
    return { loss, gradientNorms: squares.map(Math.sqrt) };
  }

  /** Loss and share of errors over all examples, whose number must be a multiple of 1,000 or less than that. */
  async evaluate(examples: Examples): Promise<Scores> {
    const columns = paddedClasses(this.#shape);
    const all = new Float32Array(examples.count * columns);
    for (let first = 0; first < examples.count; first += CHUNK) {
      const count = Math.min(CHUNK, examples.count - first);
      const out = this.#logits(tree.ref(this.#parameters), images(examples, first, count));
      all.set((await out.data()) as Float32Array, first * columns);
    }
    return crossEntropyOf(all, columns, this.#shape.classes, examples.labels);
  }

  /** The share of dead units among all hidden units; see `deadShare`. */
  async deadUnits(examples: Examples): Promise<number> {
    const given = this.#preActivations(tree.ref(this.#parameters), images(examples, 0, examples.count));
    const layers = await Promise.all(given.map((z) => z.data() as Promise<Float32Array>));
    return deadShare(layers, this.#shape.width, this.#activation.derivative);
  }

  dispose(): void {
    for (const owned of [this.#step, this.#logits, this.#preActivations]) owned.dispose();
    tree.dispose(this.#parameters);
    tree.dispose(this.#adam);
  }
}

function trainingStep(shape: MlpShape, f: ModelActivation['apply']) {
  return (parameters: MlpParameters, state: AdamState, x: np.Array, y: np.Array, rate: np.Array) => {
    const loss = (p: MlpParameters): np.Array => crossEntropy(logits(shape, f, p, x), y);
    const [value, gradient] = valueAndGrad(loss)(tree.ref(parameters)) as [np.Array, MlpParameters];
    const squares = gradient.weights.map((g) => np.square(g.ref).sum());
    const next = adam(
      [...parameters.weights, ...parameters.biases],
      [...gradient.weights, ...gradient.biases],
      state,
      rate,
    );
    const layers = parameters.weights.length;
    const updated: MlpParameters = { weights: next.parameters.slice(0, layers), biases: next.parameters.slice(layers) };
    return [updated, next.state, np.stack([value, ...squares])] as [MlpParameters, AdamState, np.Array];
  };
}

function images(examples: Examples, first: number, count: number): np.Array {
  const part = examples.images.slice(first * PIXELS, (first + count) * PIXELS);
  return np.array(part, { shape: [count, PIXELS] });
}
