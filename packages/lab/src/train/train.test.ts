import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { DataError, UsageError } from '../errors.js';
import { checkpoints } from '../training/checkpoint.js';
import { commandLine, type TrainChoices, trainConfig } from './config.js';
import { resumeRun, startRun, type TrainResult } from './run.js';
import { writeOn } from './write-on.js';

const parent = mkdtempSync(join(tmpdir(), 'train-'));
afterAll(() => rmSync(parent, { recursive: true }));

const text = join(parent, 'text.txt');
writeFileSync(text, 'Call me Ishmael. Some years ago, never mind how long precisely. '.repeat(40));
const tweets = join(parent, 'tweets');
mkdirSync(tweets);
for (const name of ['train', 'dev', 'devtest'])
  writeFileSync(join(tweets, `tweets-${name}.txt`), 'I\tO\nlove\tV\ncats\tN\n!\t,\n\n'.repeat(20));

const begin = (model: string, choices: TrainChoices): Promise<TrainResult> =>
  startRun(trainConfig(model, choices), parent, { print: () => {}, quiet: true });
const SMALL = { text, layers: '1', width: '16', heads: '2', context: '8', batch: '4' };

let gpt: TrainResult;
beforeAll(async () => {
  gpt = await begin('gpt', { ...SMALL, steps: '300', lr: '0.01', activation: 'swiglu' });
});

test('GPT learns a text by heart, and its folder tells all', () => {
  expect(gpt.final.validation!.loss).toBeLessThan(0.7);
  expect(readdirSync(gpt.folder).filter((name) => !name.startsWith('checkpoint'))).toEqual([
    'config.json',
    'environment.json',
    'log.txt',
    'metrics.jsonl',
    'model.safetensors',
    'report.html',
  ]);
  const { document } = parseHTML(readFileSync(gpt.report, 'utf8'));
  expect(document.querySelectorAll('script, link, img, iframe, [src], [href]').length).toBe(0);
  expect(document.querySelectorAll('figure > svg').length).toBe(3);
  expect(document.body.textContent).toContain(commandLine(gpt.config));
  expect(document.body.textContent).not.toMatch(/undefined|NaN|\[object/);
});

test('it writes in the words that it has learnt', async () => {
  const options = { prompt: 'Call me', tokens: 40, temperature: 0, topK: null, seed: 1 };
  const shown: string[] = [];
  const written = await writeOn(gpt.folder, options, (part) => void shown.push(part));
  expect(written).toHaveLength(40);
  expect(shown.join('')).toBe(written);
  expect(written).toMatch(/^ Ishmael\. Some years/);
  for (const file of [checkpoints(gpt.folder).at(-1)!, join(gpt.folder, 'model.safetensors')])
    expect(await writeOn(file, options, () => {})).toBe(written);
  await expect(writeOn(gpt.folder, { ...options, prompt: 'Zebra' }, () => {})).rejects.toThrow(/"Z" does not occur/);
  await expect(writeOn(text, options, () => {})).rejects.toThrow(DataError);
});

test('a finished run, resumed, stays as it is', async () => {
  const before = readFileSync(join(gpt.folder, 'metrics.jsonl'), 'utf8');
  const again = await resumeRun(gpt.folder, { print: () => {}, quiet: true });
  expect(again.final).toEqual(gpt.final);
  expect(readFileSync(join(gpt.folder, 'metrics.jsonl'), 'utf8')).toBe(before);
});

test.each<[string, TrainChoices, (scores: Record<string, number>) => boolean]>([
  [
    'gpt',
    { ...SMALL, tokenizer: 'gpt2', lr: '0.01' },
    ({ loss, lossPerCharacter }) => loss < 2 && lossPerCharacter < loss,
  ],
  ['bert', { ...SMALL, width: '32', context: '16', batch: '32', lr: '0.01' }, ({ loss }) => loss < 1.5],
  ['mnist', { layers: '2', width: '32', activation: 'silu:beta=1.5' }, ({ error }) => error < 0.4],
  [
    'vit',
    { layers: '1', width: '16', heads: '2', activation: 'mish', batch: '32', lr: '0.01' },
    ({ error }) => error < 0.85,
  ],
  ['tweets', { data: tweets, width: '32' }, ({ error }) => error < 0.1],
])(
  '%s learns',
  async (model, choices, learnt) => {
    const steps = model === 'bert' ? '200' : '60';
    const { final, divergedAt } = await begin(model, { ...choices, steps });
    expect(divergedAt).toBeNull();
    expect(final.validation).toSatisfy(learnt);
  },
  120_000,
);

test.each<[string, TrainChoices, RegExp]>([
  ['gtp', {}, /no model 'gtp'/],
  ['gpt', { keep: '0.5' }, /--keep: gpt has no such option/],
  ['gpt', { steps: '0' }, /--steps must be a whole number from 1/],
  ['gpt', { steps: '5', time: '5m' }, /exclude each other/],
  ['gpt', { time: 'soon' }, /--time must be a time as 90s/],
  ['gpt', { lr: '-1' }, /--lr must be a number above 0/],
])('a wrong choice is told: %s %j', (model, choices, message) => {
  expect(() => trainConfig(model, choices)).toThrow(UsageError);
  expect(() => trainConfig(model, choices)).toThrow(message);
});

test.each<[TrainChoices, RegExp]>([
  [{ ...SMALL, width: '18' }, /--width must be a multiple of 4/],
  [{ ...SMALL, heads: '3' }, /cannot be split into --heads 3/],
  [{ ...SMALL, activation: 'gelo' }, /gelo/],
  [{ ...SMALL, text: join(parent, 'none.txt') }, /none\.txt: cannot be read \(ENOENT\)/],
  [{ ...SMALL, context: '3000' }, /too short/],
])('before a folder is made: %j', async (choices, message) => {
  const runs = readdirSync(parent);
  await expect(begin('gpt', choices)).rejects.toThrow(message);
  expect(readdirSync(parent)).toEqual(runs);
});

test('a disk without room is told before any step', async () => {
  vi.resetModules();
  vi.doMock('node:fs', async (original) => ({
    ...(await original<typeof import('node:fs')>()),
    statfsSync: () => ({ bavail: 10, bsize: 4096 }),
  }));
  const { startRun } = await import('./run.js');
  const out = join(parent, 'full');
  const started = startRun(trainConfig('gpt', { ...SMALL, steps: '5' }), out, { print: () => {}, quiet: true });
  await expect(started).rejects.toThrow(/checkpoints need .* MiB, 0\.0 MiB are free/);
  expect(readFileSync(join(out, readdirSync(out)[0], 'metrics.jsonl'), 'utf8')).toBe('');
  vi.doUnmock('node:fs');
});
