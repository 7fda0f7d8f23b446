import { jit, numpy as np, tree } from '@jax-js/jax';
import { type Examples, PIXELS, take } from '../data/mnist.js';
import { activationBySpec } from '../models/activations.js';
import {
  crossEntropy,
  initialize,
  type LayerActivation,
  logits,
  type MlpShape,
  PAPER_SHAPE,
  paddedClasses,
  preActivations,
} from '../models/mlp.js';
import { random } from '../random.js';
import { batchOrder, oneHot, rows } from '../training/batches.js';
import { deadShare } from '../training/dead.js';
import { dropoutMask, normalNoise } from '../training/noise.js';
import { crossEntropyOf, type Scores } from '../training/scores.js';
import type { Arrays, Batch, Split, Task } from '../training/task.js';

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

/** Examples to a forward pass when evaluating. */
const CHUNK = 1000;

/** `data` holds the images to learn from, to choose by (validation) and to judge by (test). */
export function mnistClassifier(
  data: Partial<Record<Split, Examples>> & { train: Examples },
  options: MnistClassifierOptions,
): MnistClassifier {
  const { activation, seed, batch, keep = 1, stochastic = false, shape = PAPER_SHAPE, evaluated = {} } = options;
  if (stochastic && activation !== 'gelu')
    throw new RangeError(`the stochastic form is that of gelu, not of ${activation}`);
  const columns = paddedClasses(shape);
  const order = batchOrder(data.train.count, batch, seed);
  const { apply: f, derivative } = activationBySpec(activation);
  const plain: LayerActivation = (x) => f(x);
  const forward = jit((p: Arrays, x: np.Array) => logits(shape, plain, p, x));
  const before = jit((p: Arrays, x: np.Array) => preActivations(shape, plain, p, x));
  const hidden = Array.from({ length: shape.hidden }, (_, layer) => layer);

  const scores = async (parameters: Arrays, examples: Examples): Promise<Scores> => {
    const all = new Float32Array(examples.count * columns);
    for (let first = 0; first < examples.count; first += CHUNK) {
      const out = forward(tree.ref(parameters), imagesOf(examples, first, CHUNK));
      all.set((await out.data()) as Float32Array, first * columns);
    }
    return crossEntropyOf(all, columns, shape.classes, examples.labels);
  };
  return {
    name: 'mnist',
    initialize: (from) => initialize(shape, random(from, 'weights')),
    loss: (parameters, given) => {
      const drop = (x: np.Array, layer: number): np.Array => (keep < 1 ? x.mul(given[`mask.${layer}`]) : x);
      // A normal number is at most x with probability Φ(x).
      const gate = (x: np.Array, layer: number): np.Array =>
        x.ref.mul(np.lessEqual(given[`noise.${layer}`], x).astype(np.float32));
      const layerActivation: LayerActivation = stochastic ? (x, l) => drop(gate(x, l), l) : (x, l) => drop(f(x), l);
      return crossEntropy(logits(shape, layerActivation, parameters, given.images), given.labels);
    },
    batch: (step) => {
      const chosen = order(step);
      const given: Batch = {
        images: { shape: [batch, PIXELS], values: rows(data.train.images, PIXELS, chosen) },
        labels: {
          shape: [batch, columns],
          values: oneHot(
            Array.from(chosen, (i) => data.train.labels[i]),
            columns,
          ),
        },
      };
      for (const layer of hidden) {
        if (keep < 1) given[`mask.${layer}`] = dropoutMask(keep, [batch, shape.width], seed, `dropout ${layer}`, step);
        if (stochastic) given[`noise.${layer}`] = normalNoise([batch, shape.width], seed, `gate ${layer}`, step);
      }
      return given;
    },
    evaluate: async (parameters, split) => {
      const examples = data[split];
      if (examples === undefined) throw new RangeError(`this task has no ${split} images`);
      return { ...(await scores(parameters, take(examples, evaluated[split] ?? examples.count))) };
    },
    scores,
    deadUnits: async (parameters, examples) => {
      const layers: Float32Array[] = [];
      for (const z of before(tree.ref(parameters), imagesOf(examples, 0, CHUNK)))
        layers.push((await z.data()) as Float32Array);
      return deadShare(layers, shape.width, derivative);
    },
    dispose: () => {
      forward.dispose();
      before.dispose();
    },
  };
}

/** Images [count or what is left, 784] from `first` on. */
export function imagesOf(examples: Examples, first: number, count: number): np.Array {
  const part = examples.images.slice(first * PIXELS, (first + count) * PIXELS);
  return np.array(part, { shape: [part.length / PIXELS, PIXELS] });
}
