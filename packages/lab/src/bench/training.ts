import { nn } from '@jax-js/jax';
import { type ModelActivation, modelActivation } from '../models/activations.js';
import { crossEntropy, initialize, logits, PAPER_SHAPE, paddedClasses } from '../models/mlp.js';
import type { OnProgress } from '../peers/types.js';
import { random } from '../random.js';
import { median } from '../statistics.js';
import type { Task } from '../training/task.js';
import { startEngine, Trainer } from '../training/trainer.js';

/** What a training step costs with an activation, beside the same step with ReLU. */
export interface StepCost {
  activation: string;
  /** Of the fastest step. */
  milliseconds: number;
  /** Of the fastest step to the fastest with ReLU. */
  fastest: number;
  /** The median of the ratios of a step to that with ReLU which was done just before. */
  paired: number;
}

const BATCH = 128;
const WARM_UP = 8;

const CANDIDATES: readonly (readonly [label: string, apply: ModelActivation['apply']])[] = [
  ['jax-js nn.relu', (x) => nn.relu(x)],
  ['gelu/jax relu', modelActivation('relu').apply],
  ['gelu/jax gelu', modelActivation('gelu').apply],
  ['gelu/jax gelu, tanh', modelActivation('gelu', { approximate: 'tanh' }).apply],
  ['gelu/jax silu', modelActivation('silu').apply],
  ['gelu/jax mish', modelActivation('mish').apply],
  ['jax-js nn.gelu, exact', (x) => nn.gelu(x, { approximate: false })],
  ['jax-js nn.gelu, tanh', (x) => nn.gelu(x)],
  ['jax-js nn.silu', (x) => nn.silu(x)],
  ['jax-js nn.elu', (x) => nn.elu(x)],
];

/** Times `rounds` training steps (Adam, batch 128) of the classifier 784-8×128-10 with each activation, in pairs with ReLU. */
export async function timeSteps(rounds: number, onProgress: OnProgress): Promise<StepCost[]> {
  await startEngine();
  const trainers = CANDIDATES.map(([, f]) => new Trainer(task(f), { seed: 1, optimizer: { name: 'adamw' } }));
  const [relu] = trainers;
  const times = trainers.map((): number[] => []);
  const ratios = trainers.map((): number[] => []);
  const base: number[] = [];
  for (let round = 0; round < WARM_UP + rounds; round++) {
    onProgress(round / (WARM_UP + rounds), 'training steps');
    for (const [i, trainer] of trainers.entries()) {
      const before = await timeStep(relu);
      const time = await timeStep(trainer);
      if (round < WARM_UP) continue;
      base.push(before);
      times[i].push(time);
      ratios[i].push(time / before);
    }
  }
  for (const trainer of trainers) trainer.dispose();
  const fastest = Math.min(...base);
  return CANDIDATES.map(([activation], i) => {
    const milliseconds = Math.min(...times[i]);
    return { activation, milliseconds, fastest: milliseconds / fastest, paired: median(ratios[i]) };
  });
}

async function timeStep(trainer: Trainer): Promise<number> {
  const start = performance.now();
  await trainer.step(1e-4);
  return performance.now() - start;
}

/** One batch of noise: what is learned does not change what a step costs. */
function task(f: ModelActivation['apply']): Task {
  const { inputs, classes } = PAPER_SHAPE;
  const columns = paddedClasses(PAPER_SHAPE);
  const { normal } = random(1, 'bench');
  const images = Float32Array.from({ length: BATCH * inputs }, normal);
  const labels = Float32Array.from({ length: BATCH * columns }, (_, i) =>
    i % columns === Math.floor(i / columns) % classes ? 1 : 0,
  );
  return {
    name: 'bench',
    initialize: (seed) => initialize(PAPER_SHAPE, random(seed, 'weights')),
    loss: (parameters, batch) => crossEntropy(logits(PAPER_SHAPE, f, parameters, batch.images), batch.labels),
    batch: () => ({
      images: { shape: [BATCH, inputs], values: images },
      labels: { shape: [BATCH, columns], values: labels },
    }),
    evaluate: async () => ({}),
  };
}
