import { nn, type numpy as np } from '@jax-js/jax';
import type { OnProgress } from '../../implementations/types.js';
import { modelActivation } from '../../models/activations.js';
import * as gpt from '../../models/gpt.js';
import { crossEntropy, initialize, logits, paddedClasses } from '../../models/mlp.js';
import { PAPER_SHAPE } from '../../models/mlp-shape.js';
import { random } from '../../numbers/random.js';
import { median } from '../../numbers/statistics.js';
import { startEngine } from '../../training/engine.js';
import { fastestOfRow } from '../../training/step-times.js';
import type { Task } from '../../training/task.js';
import { Trainer } from '../../training/trainer.js';

/** What training steps of a model cost with each activation. */
export interface StepTable {
  model: string;
  costs: StepCost[];
}

/** What a training step costs with an activation, beside one with jax-js's ReLU. */
export interface StepCost {
  activation: string;
  /** Of the fastest step. */
  milliseconds: number;
  /** Of the fastest step to the fastest with ReLU. */
  fastest: number;
  /** The median, over the rounds, of the ratio to ReLU in the same round. */
  paired: number;
}

type Activation = (x: np.Array) => np.Array;
type Candidate = readonly [label: string, apply: Activation];

const RELU: Activation = (x) => nn.relu(x);
const MAIN: readonly Candidate[] = [
  ['jax-js nn.relu', RELU],
  ['gelu/jax gelu', modelActivation('gelu').apply],
  ['jax-js nn.gelu, exact', (x) => nn.gelu(x, { approximate: false })],
  ['jax-js nn.gelu, tanh', (x) => nn.gelu(x)],
];
const ALL: readonly Candidate[] = [
  ...MAIN,
  ['gelu/jax gelu, tanh', modelActivation('gelu', { approximate: 'tanh' }).apply],
  ['gelu/jax relu', modelActivation('relu').apply],
  ['gelu/jax silu', modelActivation('silu').apply],
  ['gelu/jax mish', modelActivation('mish').apply],
  ['jax-js nn.silu', (x) => nn.silu(x)],
];

const WARM_UP = 1;

/** Times training steps (Adam) in `rounds`: in each, every activation follows ReLU. */
export async function timeSteps(rounds: number, onProgress: OnProgress): Promise<StepTable[]> {
  await startEngine();
  const models = [
    { model: 'classifier 784-8×128-10, batch 128', task: classifier, candidates: ALL, rounds: 3 * rounds },
    {
      model: 'GPT: 4 layers, width 128, context 64, batch 16',
      task: transformer,
      candidates: MAIN,
      rounds: Math.ceil(rounds / 3),
    },
  ];
  const tables: StepTable[] = [];
  for (const [i, { model, task, candidates, rounds }] of models.entries()) {
    const update: OnProgress = (f) => onProgress((i + f) / models.length, `training steps: ${model}`);
    tables.push({ model, costs: await timeModel(candidates, task, rounds, update) });
  }
  return tables;
}

async function timeModel(
  candidates: readonly Candidate[],
  task: (f: Activation) => Task,
  rounds: number,
  onProgress: OnProgress,
): Promise<StepCost[]> {
  const [relu, ...trainers] = [RELU, ...candidates.map(([, f]) => f)].map(
    (f) => new Trainer(task(f), { seed: 1, optimizer: { name: 'adamw' } }),
  );
  const base: number[] = [];
  const times = trainers.map((): number[] => []);
  const ratios = trainers.map((): number[] => []);
  for (let round = -WARM_UP; round < rounds; round++) {
    onProgress((round + WARM_UP) / (rounds + WARM_UP), '');
    for (const [i, trainer] of trainers.entries()) {
      const before = await fastestStep(relu);
      const time = await fastestStep(trainer);
      if (round < 0) continue;
      base.push(before);
      times[i].push(time);
      ratios[i].push(time / before);
    }
  }
  for (const trainer of [relu, ...trainers]) trainer.dispose();
  return candidates.map(([activation], i) => {
    const milliseconds = Math.min(...times[i]);
    return { activation, milliseconds, fastest: milliseconds / Math.min(...base), paired: median(ratios[i]) };
  });
}

function fastestStep(trainer: Trainer): Promise<number> {
  return fastestOfRow(async () => {
    const start = performance.now();
    await trainer.step(1e-4);
    return performance.now() - start;
  });
}

// One batch of noise each: what is learned does not change what a step costs.

function classifier(f: Activation): Task {
  const batch = 128;
  const { inputs, classes } = PAPER_SHAPE;
  const columns = paddedClasses(PAPER_SHAPE);
  const { normal } = random(1, 'bench');
  const images = Float32Array.from({ length: batch * inputs }, normal);
  const labels = Float32Array.from({ length: batch * columns }, (_, i) =>
    i % columns === Math.floor(i / columns) % classes ? 1 : 0,
  );
  return {
    name: 'bench',
    initialize: (seed) => initialize(PAPER_SHAPE, random(seed, 'weights')),
    loss: (parameters, given) => crossEntropy(logits(PAPER_SHAPE, f, parameters, given.images), given.labels),
    batch: () => ({
      images: { shape: [batch, inputs], values: images },
      labels: { shape: [batch, columns], values: labels },
    }),
    evaluate: async () => ({}),
  };
}

function transformer(f: Activation): Task {
  const shape = { layers: 4, width: 128, heads: 4, inner: 512, gated: false, context: 64, vocabulary: 64 };
  const ids = Int32Array.from({ length: 16 * shape.context }, (_, i) => (i * i) % shape.vocabulary);
  const window = { shape: [16, shape.context], values: ids };
  return {
    name: 'bench',
    initialize: (seed) => gpt.initialize(shape, random(seed, 'weights')),
    loss: (parameters, { x, y }) => gpt.losses(shape, f, parameters, x, y).mean(),
    batch: () => ({ x: window, y: window }),
    evaluate: async () => ({}),
  };
}
