import { numpy as np } from '@jax-js/jax';
import { random } from '../../src/numbers/random.js';
import type { Task } from '../../src/training/task.js';
import type { TrainingConfig } from '../../src/training/train.js';

/** How it is trained; each test says for how long. */
export const LINE_CONFIG: Omit<TrainingConfig, 'steps' | 'checkpointEvery'> = {
  seed: 3,
  optimizer: { name: 'adamw', weightDecay: 0.01 },
  clip: 1,
  schedule: { learningRate: 0.02, warmup: 5, decay: 'cosine' },
  evaluateEvery: 10,
  splits: ['train'],
  finalSplits: ['test'],
};

/** The smallest task: a linear map of four numbers to be found from noisy examples. For tests of the training itself. */
export function line(seed = 1): Task {
  const loss: Task['loss'] = ({ weights, bias }, { x, y }) => np.square(np.matmul(x, weights).add(bias).sub(y)).mean();
  const batch: Task['batch'] = (step) => {
    const { normal } = random(seed, 'examples', step);
    const x = Float32Array.from({ length: 32 }, normal);
    const y = Float32Array.from({ length: 32 }, (_, i) => x[i] * ((i % 4) - 1) + 0.5 + 0.1 * normal());
    return { x: { shape: [8, 4], values: x }, y: { shape: [8, 4], values: y } };
  };
  return {
    name: 'line',
    initialize: (from) => {
      const { normal } = random(from, 'weights');
      return {
        weights: np.array(Float32Array.from({ length: 16 }, normal), { shape: [4, 4] }),
        bias: np.zeros([4]),
      };
    },
    loss,
    batch,
    evaluate: async ({ weights, bias }, split) => {
      const { x, y } = batch(split === 'test' ? -1 : 0);
      const given = { x: np.array(x.values, { shape: x.shape }), y: np.array(y.values, { shape: y.shape }) };
      return { loss: (await loss({ weights: weights.ref, bias: bias.ref }, given).data())[0] };
    },
  };
}
