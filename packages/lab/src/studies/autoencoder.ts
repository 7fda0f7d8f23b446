import { loadMnist, MNIST_DATA_SET, withValidation } from '../data/mnist.js';
import type { Settings } from './arm.js';
import { activationArms } from './arms.js';
import type { DataOptions, Prepared, Study } from './types.js';

const BATCH = 64;
const STEPS_PER_EPOCH = Math.floor(55_000 / BATCH);

export const autoencoder: Study = {
  name: 'autoencoder',
  title: 'MNIST autoencoder',
  about: `MNIST images squeezed through 30 numbers, 784 – 1000 – 500 – 250 – 30 – 250 – 500 – 1000 – 784; mean squared error, Adam, batches of ${BATCH}, learning rate 10⁻³ or 10⁻⁴ by validation.`,
  activations: ['gelu', 'relu', 'elu'],
  select: 'validation.loss',
  arms: (activations) => activationArms(activations, { rate: [1e-3, 1e-4] }),
  full: { steps: 250 * STEPS_PER_EPOCH, seeds: 3, stepsPerEpoch: STEPS_PER_EPOCH, extendable: true },
  measures: [{ key: 'loss', title: 'test error', factor: 1, unit: '', digits: 5 }],
  curves: [
    { key: 'train.loss', title: 'Training error', unit: 'mean squared error' },
    { key: 'validation.loss', title: 'Validation error', unit: 'mean squared error' },
  ],
  evaluateEvery: STEPS_PER_EPOCH,
  paper: {
    figures: {},
    text: 'GELU ties with or beats ReLU and ELU (curves; about 0.004 to 0.006 at a rate of 10⁻³).',
  },
  dataSet: MNIST_DATA_SET,
  prepare,
};

async function prepare({ activation, rate, seed }: Settings, { data }: DataOptions): Promise<Prepared> {
  const { autoencoderTask } = await import('../tasks/autoencoder.js');
  const images = withValidation(data === null ? loadMnist() : loadMnist(data));
  const task = autoencoderTask(images, { activation: String(activation), seed: Number(seed), batch: BATCH });
  return {
    task,
    trainer: { seed: Number(seed), optimizer: { name: 'adamw' } },
    schedule: { learningRate: Number(rate) },
  };
}
