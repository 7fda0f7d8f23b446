import { jit, numpy as np, tree } from '@jax-js/jax';
import { type Examples, PIXELS } from '../data/examples.js';
import { activationBySpec } from '../models/activations.js';
import { initialize, initializeFrom, logits, preActivations, type Start } from '../models/mlp.js';
import { type MlpShape, PAPER_SHAPE } from '../models/mlp-shape.js';
import { random } from '../numbers/random.js';
import { deadShare } from '../training/dead.js';
import { dropoutMasks, dropped, normalNoise } from '../training/noise.js';
import type { Scores } from '../training/scores.js';
import type { Arrays, Split, Task } from '../training/task.js';
import { type ClassifierParts, classifier, type Labelled, labelledRows } from './classifier.js';

export interface MnistClassifierOptions {
  /** By name, with parameters as `silu:beta=1.5`. */
  activation: string;
  seed: number;
  batch: number;
  /** A hidden unit stays with this probability in training; 1: no dropout. */
  keep?: number;
  /**
   * The stochastic form, and no other nonlinearity: in training each hidden unit is x·m, m ~ Bernoulli(Φ(x)), in evaluation
   * x·Φ(x); `activation` must be 'gelu'.
   */
  stochastic?: boolean;
  shape?: MlpShape;
  /** How the weights and biases begin; default: as the paper's, weights of unit norm. */
  start?: Start;
  /** Images of a split that are evaluated: the first so many; all by default. */
  evaluated?: Partial<Record<Split, number>>;
}

/** The classifier of the paper on MNIST, with what studies ask of it besides. */
export interface MnistClassifier extends Task {
  /** Loss and share of errors on any images. The parameters stay the caller's. */
  scores(parameters: Arrays, examples: Examples): Promise<Scores>;
  /** The share of dead units among all hidden units over the first 1,000 of the examples; see `deadShare`. */
  deadUnits(parameters: Arrays, examples: Examples): Promise<number>;
}

/** Images by which dead units are found. */
const SAMPLE = 1000;

/** `data` holds the images to learn from, to choose by (validation) and to judge by (test). */
export function mnistClassifier(
  data: Partial<Record<Split, Examples>> & { train: Examples },
  options: MnistClassifierOptions,
): MnistClassifier {
  const { activation, seed, batch, keep = 1, stochastic = false, shape = PAPER_SHAPE, start, evaluated = {} } = options;
  if (stochastic && activation !== 'gelu')
    throw new RangeError(`the stochastic form is that of gelu, not of ${activation}`);
  const { apply: f, derivative } = activationBySpec(activation);
  const before = jit((p: Arrays, x: np.Array) => preActivations(shape, (z) => f(z), p, x));
  const layers = Array.from({ length: shape.hidden }, () => [batch, shape.width]);
  const labelled = (examples: Examples): Labelled => labelledRows(examples, PIXELS);
  const task = classifier({
    name: 'mnist',
    classes: shape.classes,
    data: Object.fromEntries(
      Object.entries(data).map(([split, examples]) => [split, labelled(examples)]),
    ) as ClassifierParts['data'],
    seed,
    batch,
    evaluated,
    initialize: (from) => {
      const source = random(from, 'weights');
      return start ? initializeFrom(shape, start, source) : initialize(shape, source);
    },
    logits: (parameters, images, given) => {
      const drop = dropped(given);
      const unit = (x: np.Array, layer: number): np.Array => {
        const noise = given[`noise.${layer}`];
        // A normal number is at most x with probability Φ(x).
        return noise ? x.ref.mul(np.lessEqual(noise, x).astype(np.float32)) : f(x);
      };
      return logits(shape, (x, layer) => drop(unit(x, layer), layer), parameters, images);
    },
    extras: (step) => ({
      ...dropoutMasks(layers, keep, seed, step),
      ...(stochastic &&
        Object.fromEntries(layers.map((size, i) => [`noise.${i}`, normalNoise(size, seed, `gate ${i}`, step)]))),
    }),
  });
  return {
    ...task,
    scores: (parameters, examples) => task.scores(parameters, labelled(examples)),
    deadUnits: async (parameters, examples) => {
      const found: Float32Array[] = [];
      for (const z of before(tree.ref(parameters), imagesOf(examples, 0, SAMPLE)))
        found.push((await z.data()) as Float32Array);
      return deadShare(found, shape.width, derivative);
    },
    dispose: () => {
      task.dispose?.();
      before.dispose();
    },
  };
}

/** Images [count or what is left, 784] from `first` on. */
export function imagesOf(examples: Examples, first: number, count: number): np.Array {
  const part = examples.images.slice(first * PIXELS, (first + count) * PIXELS);
  return np.array(part, { shape: [part.length / PIXELS, PIXELS] });
}
