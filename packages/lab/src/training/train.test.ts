import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../../test/support/folder.js';
import { LINE_CONFIG, line } from '../../test/support/line.js';
import { Interrupted } from '../console/errors.js';
import { RunFolder } from '../run/run-folder.js';
import { checkpoints } from './checkpoint.js';
import { type TrainingConfig, train } from './train.js';

const parent = temporaryFolder('train');

const CONFIG: TrainingConfig = { ...LINE_CONFIG, steps: 30, checkpointEvery: 7 };

const folder = (): RunFolder => {
  const made = new RunFolder(parent, 'test');
  made.json('config.json', CONFIG);
  return made;
};

const contents = ({ path }: RunFolder): string[] => [
  readFileSync(join(path, 'metrics.jsonl'), 'utf8'),
  readFileSync(checkpoints(path).at(-1)!, 'latin1'),
];

test.each([['adamw'], ['nesterov']] as const)('learns with %s, and writes what the run was', async (name) => {
  const run = folder();
  const outcome = await train(line(), { ...CONFIG, optimizer: { name }, steps: 60 }, run);
  expect(outcome).toMatchObject({ steps: 60, divergedAt: null });
  expect(readdirSync(run.path).sort()).toEqual([
    'checkpoint-00000056.safetensors',
    'checkpoint-00000060.safetensors',
    'config.json',
    'log.txt',
    'metrics.jsonl',
  ]);
  const steps = run.metrics().filter(({ kind }) => kind === 'step');
  expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  expect(steps.at(-1)!.loss).toBeLessThan(0.5 * (steps[0].loss as number));
  expect(outcome.final.test!.loss).toBeLessThan(1);
  expect(readFileSync(join(run.path, 'log.txt'), 'utf8')).toMatch(
    /^step=1 loss=\S+ gradientNorm=\S+ rate=\S+ ms=\S+$/m,
  );
});

test('interrupted anywhere and resumed, it ends with the same bits', async () => {
  const whole = folder();
  await train(line(), CONFIG, whole);
  const broken = folder();
  for (const stop of [1, 9, 20]) {
    let calls = 0;
    const check = async (): Promise<void> => {
      if (++calls > stop) throw new Interrupted();
    };
    await train(line(), CONFIG, broken, { check }).catch((error) => expect(error).toBeInstanceOf(Interrupted));
    broken.metric({ kind: 'step', step: 999, loss: 1 }); // as if the process had gone on after its last checkpoint
  }
  await train(line(), CONFIG, new RunFolder(broken.path));
  expect(contents(broken)).toEqual(contents(whole));
});

test('ends when the loss is no longer finite, and stays ended', async () => {
  const run = folder();
  const config: TrainingConfig = {
    ...CONFIG,
    optimizer: { name: 'nesterov' },
    clip: null,
    schedule: { learningRate: 1e30 },
  };
  const first = await train(line(), config, run);
  expect(first.divergedAt).toBeGreaterThan(0);
  expect(first.divergedAt).toBeLessThan(30);
  expect((await train(line(), config, run)).divergedAt).toBe(first.divergedAt);
});

// Again where the machine became slower after the number was settled: then training ends early, as it should.
test('with a limit of time the number of steps is settled and kept', { retry: 2 }, async () => {
  const run = folder();
  const config: TrainingConfig = { ...CONFIG, steps: null, seconds: 2, schedule: { learningRate: 0.01 } };
  const plans: number[] = [];
  const outcome = await train(line(), config, run, { onPlan: (steps) => void plans.push(steps) });
  const [planned] = plans;
  expect(planned).toBeGreaterThan(3);
  expect(config.steps).toBe(planned);
  expect(outcome.steps).toBe(planned);
});
