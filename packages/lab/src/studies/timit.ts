import { loadTimit, PHONES, TIMIT_DATA_SET } from '../data/timit.js';
import type { MlpShape } from '../models/mlp-shape.js';
import { random } from '../numbers/random.js';
import type { Labelled } from '../tasks/classifier.js';
import { dropoutMasks, dropped } from '../training/noise.js';
import type { Settings } from './arm.js';
import { activationArms } from './arms.js';
import { ERROR, LOSS } from './mnist.js';
import type { DataOptions, Prepared, Study } from './types.js';

const SHAPE: MlpShape = { inputs: 11 * 26, width: 2048, hidden: 5, classes: PHONES.length };
const BATCH = 256;
const KEEP = 0.5;
/** About 1.1 million frames to learn from. */
const STEPS_PER_EPOCH = 4300;

export const timit: Study = {
  name: 'timit',
  title: 'TIMIT phones, frame by frame',
  about: `The 39 phones of TIMIT from 11 frames of 26 features (energy, 12 mel-frequency cepstral coefficients, their changes) with a fully connected network, 5 × 2048 units, dropout with half of them kept; Adam, batches of ${BATCH} frames, judged on the core test set.`,
  activations: ['gelu', 'relu', 'elu'],
  select: 'validation.error',
  arms: (activations) => activationArms(activations, { rate: [1e-3, 1e-4, 1e-5] }),
  full: { steps: 30 * STEPS_PER_EPOCH, seeds: 5, stepsPerEpoch: STEPS_PER_EPOCH, extendable: true },
  measures: [{ ...ERROR, title: 'frame error' }, LOSS],
  curves: [
    { key: 'train.loss', title: 'Training loss', unit: 'nats' },
    { key: 'validation.error', title: 'Validation error', unit: 'share' },
  ],
  evaluateEvery: STEPS_PER_EPOCH,
  paper: {
    figures: { GELU: 29.3, ReLU: 29.5, ELU: 29.6 },
    text: 'errors of 29.3 % (GELU), 29.5 % (ReLU), 29.6 % (ELU).',
  },
  dataSet: TIMIT_DATA_SET,
  prepare,
};

async function prepare({ activation, rate, seed }: Settings, { data }: DataOptions): Promise<Prepared> {
  const { activationBySpec } = await import('../models/activations.js');
  const { initialize, logits } = await import('../models/mlp.js');
  const { classifier, labelledRows } = await import('../tasks/classifier.js');
  const { train, validation, test } = loadTimit(data);
  const f = activationBySpec(String(activation)).apply;
  const labelled = (frames: typeof train): Labelled => labelledRows(frames, SHAPE.inputs);
  const layers = Array.from({ length: SHAPE.hidden }, () => [BATCH, SHAPE.width]);
  const task = classifier({
    name: 'timit',
    classes: SHAPE.classes,
    data: { train: labelled(train), validation: labelled(validation), test: labelled(test) },
    seed: Number(seed),
    batch: BATCH,
    initialize: (from) => initialize(SHAPE, random(from, 'weights')),
    logits: (p, x, given) => {
      const drop = dropped(given);
      return logits(SHAPE, (z, layer) => drop(f(z), layer), p, x);
    },
    extras: (step) => dropoutMasks(layers, KEEP, Number(seed), step),
  });
  return {
    task,
    trainer: { seed: Number(seed), optimizer: { name: 'adamw' } },
    schedule: { learningRate: Number(rate) },
  };
}
