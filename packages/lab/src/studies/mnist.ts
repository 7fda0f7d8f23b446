import { type Examples, PIXELS } from '../data/examples.js';
import { loadMnist, MNIST_DATA_SET, withValidation } from '../data/mnist.js';
import { PAPER_SHAPE } from '../models/mlp-shape.js';
import { type Random, random } from '../numbers/random.js';
import type { MnistClassifier } from '../tasks/mnist.js';
import type { Arrays } from '../training/task.js';
import type { Settings } from './arm.js';
import { activationArms, combinations } from './arms.js';
import { inputSquare, START_TEXT, startOf } from './start.js';
import type { DataOptions, Measure, Prepared, Study } from './types.js';

const BATCH = 128;
export const STEPS_PER_EPOCH: number = Math.floor(55_000 / BATCH);
const RATES = [1e-3, 1e-4, 1e-5];
/** The amplitudes of the noise added to the test images, whose pixels are 0 … 1. */
const NOISE = [0.5, 1, 2, 3];

export const ERROR: Measure = { key: 'error', title: 'test error', factor: 100, unit: '%', digits: 2 };
export const LOSS: Measure = { key: 'loss', title: 'test loss', factor: 1, unit: '', digits: 4 };
export const TRAIN_LOSS: Measure = { key: 'trainLoss', title: 'train loss', factor: 1, unit: '', digits: 4 };
export const DEAD: Measure = { key: 'dead', title: 'dead units', factor: 100, unit: '%', digits: 2 };

const NETWORK =
  'MNIST with a fully connected network, 784 – 8 × 128 – 10, weights of unit norm for each unit, biases 0, Adam, batches of 128, 55,000 images to learn from and 5,000 to choose the learning rate by, among 10⁻³, 10⁻⁴ and 10⁻⁵ (Hendrycks and Gimpel, arXiv 1606.08415, 2016).';

/** What the studies on this network share. */
export const MNIST: Pick<
  Study,
  'activations' | 'select' | 'full' | 'curves' | 'evaluateEvery' | 'dataSet' | 'prepare'
> = {
  activations: ['gelu', 'relu', 'elu'],
  select: 'validation.error',
  full: { steps: 50 * STEPS_PER_EPOCH, seeds: 5, stepsPerEpoch: STEPS_PER_EPOCH, extendable: true },
  curves: [
    { key: 'train.loss', title: 'Training loss', unit: 'nats' },
    { key: 'validation.loss', title: 'Validation loss', unit: 'nats' },
    { key: 'validation.error', title: 'Validation error', unit: 'share' },
  ],
  evaluateEvery: STEPS_PER_EPOCH,
  dataSet: MNIST_DATA_SET,
  prepare,
};

export const mnist: Study = {
  ...MNIST,
  name: 'mnist',
  title: 'MNIST classification',
  about: `${NETWORK} No dropout.`,
  arms: (activations) => activationArms(activations, { rate: RATES, keep: [1] }),
  measures: [ERROR, LOSS, TRAIN_LOSS, DEAD],
  paper: { figures: {}, text: 'GELU has the lowest median training log loss of GELU, ReLU and ELU (curves).' },
};

export const mnistInit: Study = {
  ...mnist,
  name: 'mnist-init',
  title: 'MNIST classification, each activation at the start that suits it',
  about: `${NETWORK} The start is a choice too: unit norm, He's or critical. ${START_TEXT}`,
  arms: (activations) => activationArms(activations, { rate: RATES, init: ['critical', 'he', 'unit'] }),
};

export const mnistDropout: Study = {
  ...mnist,
  name: 'mnist-dropout',
  title: 'MNIST classification with dropout',
  about: `${NETWORK} Dropout after each hidden layer, half of the units kept.`,
  arms: (activations) => activationArms(activations, { rate: RATES, keep: [0.5] }),
};

export const mnistNoise: Study = {
  ...mnist,
  name: 'mnist-noise',
  title: 'MNIST classification of noisy images',
  about: `${NETWORK} Uniform noise from [−a, a] is added to each pixel of the test images, not to those learnt from.`,
  measures: [
    ERROR,
    ...NOISE.map((a): Measure => ({ ...ERROR, key: noiseKey(a), title: `error, noise ${a}` })),
    ...NOISE.map((a): Measure => ({ ...LOSS, key: `${noiseKey(a)}.loss`, title: `loss, noise ${a}` })),
  ],
  paper: { figures: {}, text: 'GELU is at least as robust to noise as ReLU and ELU (later version, curves).' },
};

export const mnistSoi: Study = {
  ...MNIST,
  name: 'mnist-soi',
  title: 'MNIST classification with the stochastic map alone',
  about: `${NETWORK} The SOI map x·m, m ~ Bernoulli(Φ(x)), as only nonlinearity while training (x·Φ(x) when evaluating), against ReLU with dropout, of which 1, 0.75 or 0.5 of the units are kept, chosen together with the learning rate.`,
  // Other activations take ReLU's place.
  activations: ['relu'],
  arms: (activations) => [
    {
      name: 'SOI map',
      group: '',
      grid: combinations({ activation: ['gelu'], stochastic: [1], rate: RATES, keep: [1] }),
      usual: 0,
    },
    ...activationArms(activations, { rate: RATES, keep: [1, 0.75, 0.5] }).map((arm) => ({
      ...arm,
      name: `${arm.name} with dropout`,
      usual: 1,
    })),
  ],
  measures: [ERROR, LOSS, TRAIN_LOSS],
  paper: {
    figures: { 'SOI map': 2.0, 'ReLU with dropout': 2.1 },
    text: 'test errors of 2.00 % with the SOI map and no nonlinearity, 2.10 % with ReLU and dropout.',
  },
};

/** Training images that are evaluated for the curves. */
const SHOWN = 5000;
/** Pixels by whose mean square the critical start is set. */
const SQUARED = 1000 * PIXELS;

/** A trial of the network, of `hidden` hidden layers where the settings name another number than the paper's 8. */
export async function prepareMnist(
  settings: Settings,
  { data }: DataOptions,
  judge: (task: MnistClassifier, images: MnistSplits, parameters: Arrays) => Promise<Record<string, number>>,
): Promise<Prepared> {
  const { activation, rate, keep = 1, stochastic = 0, seed, hidden = PAPER_SHAPE.hidden, init = 'unit' } = settings;
  const { mnistClassifier } = await import('../tasks/mnist.js');
  const images = withValidation(data === null ? loadMnist() : loadMnist(data));
  const start = startOf(String(activation), String(init), () => inputSquare(images.train.images.subarray(0, SQUARED)));
  const task = mnistClassifier(images, {
    ...(start && { start }),
    activation: String(activation),
    seed: Number(seed),
    batch: BATCH,
    keep: Number(keep),
    stochastic: stochastic === 1,
    shape: { ...PAPER_SHAPE, hidden: Number(hidden) },
    evaluated: { train: SHOWN },
  });
  return {
    task,
    trainer: { seed: Number(seed), optimizer: { name: 'adamw' } },
    schedule: { learningRate: Number(rate) },
    measure: (parameters) => judge(task, images, parameters),
  };
}

function prepare(settings: Settings, options: DataOptions): Promise<Prepared> {
  return prepareMnist(settings, options, async (task, images, parameters) => ({
    trainLoss: (await task.scores(parameters, images.train)).loss,
    dead: await task.deadUnits(parameters, images.test),
    ...(await noisy(task, parameters, images.test)),
  }));
}

type MnistSplits = ReturnType<typeof withValidation>;

/** Error and loss on noisy test images, the same noise for all. */
async function noisy(task: MnistClassifier, parameters: Arrays, test: Examples): Promise<Record<string, number>> {
  const scores: Record<string, number> = {};
  for (const amplitude of NOISE) {
    const { error, loss } = await task.scores(parameters, withNoise(test, amplitude, random(1, `noise ${amplitude}`)));
    scores[noiseKey(amplitude)] = error;
    scores[`${noiseKey(amplitude)}.loss`] = loss;
  }
  return scores;
}

function withNoise(examples: Examples, amplitude: number, { uniform }: Random): Examples {
  const images = new Float32Array(examples.count * PIXELS);
  for (let i = 0; i < images.length; i++) images[i] = examples.images[i] + amplitude * (2 * uniform() - 1);
  return { ...examples, images };
}

function noiseKey(amplitude: number): string {
  return `noise.${amplitude}`;
}
