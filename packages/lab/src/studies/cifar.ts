import { CHANNELS, type ColourImages, cifarDataSet, loadCifar, SIDE, VALUES } from '../data/cifar.js';
import type { HostArray } from '../numbers/host-array.js';
import { random } from '../numbers/random.js';
import type { ClassifierParts, Labelled } from '../tasks/classifier.js';
import { dropoutMasks, dropped, normalNoise } from '../training/noise.js';
import type { Batch, Task } from '../training/task.js';
import type { Settings } from './arm.js';
import { activationArms } from './arms.js';
import { ERROR, LOSS } from './mnist.js';
import type { DataOptions, Prepared, Study } from './types.js';

const VALIDATION = 5000;
const LEARNT = 50_000 - VALIDATION;

const COMMON: Pick<Study, 'activations' | 'select' | 'curves' | 'measures'> = {
  activations: ['gelu', 'relu', 'elu'],
  select: 'validation.error',
  measures: [ERROR, LOSS],
  curves: [
    { key: 'train.loss', title: 'Training loss', unit: 'nats' },
    { key: 'validation.loss', title: 'Validation loss', unit: 'nats' },
    { key: 'validation.error', title: 'Validation error', unit: 'share' },
  ],
};
const SAID =
  'Batch norm uses the statistics of the batch also when evaluating (of 500 images); 5,000 of the 50,000 training images are kept to choose by and not learnt from afterwards.';

const SHALLOW_BATCH = 64;
const SHALLOW_EPOCH = Math.floor(LEARNT / SHALLOW_BATCH);

export const cifar10: Study = {
  ...COMMON,
  name: 'cifar10',
  title: 'CIFAR-10 classification',
  about: `CIFAR-10 with the paper's network of nine convolutions (three of 96 channels, six of 192), batch norm, dropout of a half after each pooling, noise of deviation 0.15 on the inputs; Adam for 200 epochs in batches of ${SHALLOW_BATCH}. Not as in the paper: each channel is standardized instead of whitening (ZCA), and the rate falls along a cosine instead of a line. ${SAID}`,
  arms: (activations) => activationArms(activations, { rate: [1e-3, 1e-4, 1e-5] }),
  full: { steps: 200 * SHALLOW_EPOCH, seeds: 3, stepsPerEpoch: SHALLOW_EPOCH, extendable: false },
  evaluateEvery: SHALLOW_EPOCH,
  paper: {
    figures: { GELU: 7.89, ReLU: 8.16, ELU: 8.41 },
    text: 'test errors of 7.89 % (GELU), 8.16 % (ReLU), 8.41 % (ELU).',
  },
  dataSet: cifarDataSet(10),
  prepare: async ({ activation, rate, seed }, options) => {
    const { activationBySpec } = await import('../models/activations.js');
    const convNet = await import('../models/conv-net.js');
    const shape = convNet.PAPER_CONV_NET;
    const [a, b] = shape.widths;
    const f = activationBySpec(String(activation)).apply;
    const masks = [
      [SHALLOW_BATCH, a, SIDE / 2, SIDE / 2],
      [SHALLOW_BATCH, b, SIDE / 4, SIDE / 4],
    ];
    const task = await imageTask(10, options, SHALLOW_BATCH, Number(seed), {
      initialize: (from) => convNet.initialize(shape, random(from, 'weights')),
      logits: (p, x, { noise, ...given }) => convNet.logits(shape, f, dropped(given), p, noise ? x.add(noise) : x),
      extras: (step) => ({
        ...dropoutMasks(masks, 0.5, Number(seed), step),
        noise: noiseOf([SHALLOW_BATCH, CHANNELS, SIDE, SIDE], 0.15, Number(seed), step),
      }),
    });
    return prepared(task, seed, { optimizer: { name: 'adamw' } }, Number(rate));
  },
};

const WIDE_BATCH = 128;
const WIDE_EPOCH = Math.floor(LEARNT / WIDE_BATCH);
const KEEP = 0.7;

export const cifar100: Study = {
  ...COMMON,
  name: 'cifar100',
  title: 'CIFAR-100 classification',
  about: `CIFAR-100 with the wide residual network 40-4 and the paper's blocks (convolution, activation, convolution, activation, batch norm), dropout in them with ${KEEP} of the units kept; mirrored and shifted images; Nesterov's momentum at a rate of 0.1 that falls along a cosine within 50 epochs, weight decay 0.0005, batches of ${WIDE_BATCH}. ${SAID}`,
  arms: (activations) => activationArms(activations, { rate: [0.1] }),
  full: { steps: 50 * WIDE_EPOCH, seeds: 3, stepsPerEpoch: WIDE_EPOCH, extendable: false },
  evaluateEvery: WIDE_EPOCH,
  paper: {
    figures: { GELU: 20.74, ReLU: 21.77, ELU: 22.98 },
    text: 'test errors of 20.74 % (GELU), 21.77 % (ReLU), 22.98 % (ELU).',
  },
  dataSet: cifarDataSet(100),
  prepare: async ({ activation, rate, seed }, options) => {
    const { activationBySpec } = await import('../models/activations.js');
    const wideResnet = await import('../models/wide-resnet.js');
    const shape = wideResnet.WRN_40_4;
    const f = activationBySpec(String(activation)).apply;
    const masks = wideResnet.blocksOf(shape).map(({ outputs }) => {
      const side = SIDE / 2 ** shape.widths.indexOf(outputs);
      return [WIDE_BATCH, outputs, side, side];
    });
    const task = await imageTask(100, options, WIDE_BATCH, Number(seed), {
      initialize: (from) => wideResnet.initialize(shape, random(from, 'weights')),
      logits: (p, x, given) => wideResnet.logits(shape, f, dropped(given), p, x),
      extras: (step) => dropoutMasks(masks, KEEP, Number(seed), step),
    });
    const batch = (step: number): Batch => {
      const { inputs, ...rest } = task.batch(step);
      return { ...rest, inputs: shifted(inputs, Number(seed), step) };
    };
    const optimizer = { name: 'nesterov', momentum: 0.9, weightDecay: 5e-4 } as const;
    return prepared({ ...task, batch }, seed, { optimizer }, Number(rate));
  },
};

type Model = Pick<ClassifierParts, 'initialize' | 'logits' | 'extras'>;

async function imageTask(
  classes: 10 | 100,
  { data }: DataOptions,
  batch: number,
  seed: number,
  model: Model,
): Promise<Task> {
  const { classifier } = await import('../tasks/classifier.js');
  const { train, test } = loadCifar(classes, data);
  const count = Math.max(1, train.count - Math.min(VALIDATION, train.count >> 1));
  const scale = channelScale(train, count);
  return classifier({
    name: `cifar${classes}`,
    classes,
    data: {
      train: labelled(train, 0, count, scale),
      validation: labelled(train, count, train.count, scale),
      test: labelled(test, 0, test.count, scale),
    },
    seed,
    batch,
    ...model,
  });
}

function prepared(
  task: Task,
  seed: Settings[string],
  options: { optimizer: Prepared['trainer']['optimizer'] },
  rate: number,
): Prepared {
  return {
    task,
    trainer: { seed: Number(seed), ...options },
    schedule: { learningRate: rate, decay: 'cosine', final: 0 },
  };
}

type Scale = { mean: number; deviation: number }[];

/** Mean and deviation of each channel over the first `count` images. */
function channelScale({ bytes }: ColourImages, count: number): Scale {
  const area = SIDE * SIDE;
  return Array.from({ length: CHANNELS }, (_, channel) => {
    let sum = 0;
    let squares = 0;
    for (let image = 0; image < count; image++) {
      const first = image * VALUES + channel * area;
      for (let i = first; i < first + area; i++) {
        sum += bytes[i];
        squares += bytes[i] ** 2;
      }
    }
    const mean = sum / (count * area);
    return { mean, deviation: Math.sqrt(Math.max(squares / (count * area) - mean ** 2, 1e-6)) };
  });
}

function labelled({ bytes, labels }: ColourImages, from: number, to: number, scale: Scale): Labelled {
  return {
    labels: labels.subarray(from, to),
    inputs: (chosen) => {
      const values = new Float32Array(chosen.length * VALUES);
      for (let row = 0; row < chosen.length; row++) {
        const first = (from + chosen[row]) * VALUES;
        for (let i = 0; i < VALUES; i++) {
          const { mean, deviation } = scale[Math.floor(i / (SIDE * SIDE))];
          values[row * VALUES + i] = (bytes[first + i] - mean) / deviation;
        }
      }
      return { shape: [chosen.length, CHANNELS, SIDE, SIDE], values };
    },
  };
}

function noiseOf(shape: number[], deviation: number, seed: number, step: number): HostArray {
  const noise = normalNoise(shape, seed, 'noise', step);
  for (let i = 0; i < noise.values.length; i++) noise.values[i] *= deviation;
  return noise;
}

const PAD = 4;

/** Each image moved by up to 4 pixels each way, zeros coming in, and half of them mirrored. */
function shifted({ shape, values }: HostArray, seed: number, step: number): HostArray {
  const { uniform } = random(seed, 'shift', step);
  const moved = new Float32Array(values.length);
  for (let image = 0; image < shape[0]; image++) {
    const [down, right] = [0, 1].map(() => Math.floor(uniform() * (2 * PAD + 1)) - PAD);
    const mirrored = uniform() < 0.5;
    for (let channel = 0; channel < CHANNELS; channel++) {
      const first = image * VALUES + channel * SIDE * SIDE;
      for (let y = Math.max(0, -down); y < Math.min(SIDE, SIDE - down); y++) {
        for (let x = Math.max(0, -right); x < Math.min(SIDE, SIDE - right); x++) {
          const from = x + right;
          moved[first + y * SIDE + x] = values[first + (y + down) * SIDE + (mirrored ? SIDE - 1 - from : from)];
        }
      }
    }
  }
  return { shape, values: moved };
}
