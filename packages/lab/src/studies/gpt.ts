import { loadText, TEXT_DATA_SET } from '../data/text.js';
import { tokenizerFor } from '../data/tokenizer.js';
import { TRAINABLES } from '../tasks/trainables.js';
import type { Settings } from './arm.js';
import { activationArms } from './arms.js';
import { differs, type StepCosts } from './step-cost.js';
import type { DataOptions, Prepared, Study } from './types.js';

const SHAPE = { layers: 4, width: 128, heads: 4, context: 64, batch: 16 };

/** The activation of a transformer's block: after equal steps, and after equal time. */
export const gpt: Study = {
  name: 'gpt',
  title: 'GPT on the characters of a text',
  about:
    'A decoder in GPT-2’s layout, 4 layers, width 128, 4 heads, windows of 64 characters, batches of 16; AdamW with weight decay 0.1, 100 steps of warm-up, then a cosine. The text is Moby Dick unless --data names a file; its last tenth is for validation, by which both the learning rate and the arms are judged. Equal time is that of the first activation’s steps: another one whose step is known to cost something else takes as many more or fewer.',
  activations: ['gelu', 'relu', 'elu'],
  check: async (activation) => {
    const { blockActivation } = await import('../models/transformer.js');
    blockActivation(activation, SHAPE.width);
  },
  select: 'validation.loss',
  comparesTime: true,
  arms: (activations, costs) => {
    const arms = activationArms(activations, { rate: [3e-3, 1e-3] });
    return [
      ...arms.map((arm) => ({ ...arm, group: 'equal steps' })),
      ...arms.map((arm) => ({ ...arm, group: 'equal time', stepsFactor: stepsInEqualTime(arm.name, costs) })),
    ];
  },
  full: { steps: 2000, seeds: 5, stepsPerEpoch: 1, extendable: false },
  measures: [{ key: 'loss', title: 'validation loss', factor: 1, unit: 'nats', digits: 4 }],
  curves: [
    { key: 'train.loss', title: 'Training loss', unit: 'nats a character' },
    { key: 'validation.loss', title: 'Validation loss', unit: 'nats a character' },
  ],
  evaluateEvery: 250,
  judgedBy: 'validation',
  dataSet: TEXT_DATA_SET,
  prepare,
};

/** Relative to the first activation's; where the cost is not known to be another, the trials are those of equal steps. */
function stepsInEqualTime(name: string, costs: StepCosts): number {
  return costs[name] && differs(costs[name]) ? 1 / costs[name].ratio : 1;
}

async function prepare({ activation, rate, seed }: Settings, { data }: DataOptions): Promise<Prepared> {
  const { gptTask } = await import('../tasks/gpt.js');
  const text = loadText(data ?? undefined);
  const task = gptTask(text, await tokenizerFor('char', text), {
    ...SHAPE,
    activation: String(activation),
    seed: Number(seed),
  });
  const { optimizer, clip, schedule } = TRAINABLES.gpt.training;
  return {
    task,
    trainer: { seed: Number(seed), optimizer, clip: clip ?? null },
    schedule: { ...schedule, learningRate: Number(rate) },
  };
}
