import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseHTML } from 'linkedom';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../../../../test/support/folder.js';
import { putSmallMnist } from '../../../test/support/small-mnist.js';
import { DataError, UsageError } from '../../console/errors.js';
import { initialize } from '../../models/gpt.js';
import { toHuggingFace } from '../../models/gpt-weights.js';
import { random } from '../../numbers/random.js';
import { readSafetensors, toSafetensors } from '../../run/safetensors.js';
import { writeOn } from '../../tasks/write-on.js';
import { checkpoints } from '../../training/checkpoint.js';
import { startEngine } from '../../training/engine.js';
import { toHost } from '../../training/trainer.js';
import { commandLine, type TrainChoices, trainConfig } from './config.js';
import { resumeRun, startRun, type TrainResult } from './run.js';

const parent = temporaryFolder('train');

const text = join(parent, 'text.txt');
writeFileSync(text, 'Call me Ishmael. Some years ago, never mind how long precisely. '.repeat(40));
const tweets = join(parent, 'tweets');
mkdirSync(tweets);
for (const name of ['train', 'dev', 'devtest'])
  writeFileSync(join(tweets, `tweets-${name}.txt`), 'I\tO\nlove\tV\ncats\tN\n!\t,\n\n'.repeat(20));
const images = join(parent, 'images');
putSmallMnist(images);

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
  expect(document.querySelectorAll('script[src], link, img, iframe, [src], [href]').length).toBe(0);
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

test.each([
  ['the run', () => gpt.folder],
  ['the checkpoint', () => checkpoints(gpt.folder).at(-1)!],
  ['the weights', () => join(gpt.folder, 'model.safetensors')],
])('training starts from %s: at its loss, in its shape, and goes on', async (_, from) => {
  const { final, config, folder } = await begin('gpt', { text, from: from(), batch: '4', steps: '20', lr: '1e-3' });
  expect(config.options).toMatchObject({ activation: 'swiglu', layers: 1, width: 16, heads: 2, context: 8 });
  const lines = readFileSync(join(folder, 'metrics.jsonl'), 'utf8').split('\n');
  const first = lines.map((line) => JSON.parse(line || '{}')).find((m) => m.split === 'validation');
  expect(first.step).toBe(0);
  expect(first.loss).toBeCloseTo(gpt.final.validation!.loss, 6);
  expect(final.validation!.loss).not.toBe(first.loss);
  expect(final.validation!.loss).toBeLessThan(first.loss + 0.1);
});

test('weights as Hugging Face saves them are started from, their activation and heads from config.json', async () => {
  const folder = join(parent, 'hf');
  mkdirSync(folder);
  const vocabulary = 50_257;
  const shape = { layers: 1, width: 4, heads: 2, inner: 16, gated: false, vocabulary, context: 4 };
  await startEngine();
  const weights = await toHost(initialize(shape, random(1, 'weights')));
  const path = join(folder, 'model.safetensors');
  writeFileSync(path, toSafetensors({ tensors: toHuggingFace(shape, weights), metadata: { format: 'pt' } }));
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ n_head: 2, activation_function: 'gelu_new' }));
  const { config, final } = await begin('gpt', { text, from: folder, batch: '1', steps: '1' });
  expect(config.options).toMatchObject({ activation: 'gelu_new', heads: 2, context: 4, tokenizer: 'gpt2' });
  expect(Math.abs(final.validation!.loss - Math.log(vocabulary))).toBeLessThan(0.3);
});

test.each<[string, TrainChoices, RegExp]>([
  ['another shape', { width: '32' }, /--width 32: the weights in .* are for 16/],
  ['another tokenizer', { tokenizer: 'gpt2' }, /--tokenizer gpt2: the weights in .* are for char/],
  ['no gates', { activation: 'gelu' }, /--activation gelu: the weights are for a gated one/],
  [
    'a text with other characters',
    { text: fileURLToPath(import.meta.url) },
    /does not occur in the text that the model has learnt from/,
  ],
  ['no file', { from: join(parent, 'none') }, /none: there is no such file or folder/],
  ['no weights', { from: text }, /text\.txt: no safetensors file/],
])('what the weights do not fit is reported before a folder is made: %s', async (_, choices, message) => {
  const runs = readdirSync(parent);
  await expect(begin('gpt', { text, from: gpt.folder, steps: '1', ...choices })).rejects.toThrow(message);
  expect(readdirSync(parent)).toEqual(runs);
});

test('a vocabulary that nothing explains, and a tensor of another shape, are reported with the file', async () => {
  const { tensors } = readSafetensors(join(gpt.folder, 'model.safetensors'));
  const path = join(parent, 'foreign.safetensors');
  const from = (given: typeof tensors): Promise<unknown> => {
    writeFileSync(path, toSafetensors({ tensors: given, metadata: {} }));
    return begin('gpt', { text, from: path, heads: '2', activation: 'swiglu', steps: '1' });
  };
  await expect(from(tensors)).rejects.toThrow(/foreign\.safetensors: its vocabulary has \d+ tokens and GPT-2's 50257/);
  const short = { ...tensors, 'transformer.ln_f.bias': { shape: [2], values: new Float32Array(2) } };
  await expect(from(short)).rejects.toThrow(/foreign\.safetensors: the tensor ln_f\.bias must be \[16\], it is \[2\]/);
  await expect(from(short)).rejects.toThrow(DataError);
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
  ['mnist', { data: images, layers: '2', width: '32', activation: 'silu:beta=1.5' }, ({ error }) => error < 0.4],
  [
    'vit',
    { data: images, layers: '1', width: '16', heads: '2', activation: 'mish', batch: '32', lr: '0.01' },
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
  ['gpt', { time: 'soon' }, /--time must be a time like 90, 90s/],
  ['gpt', { lr: '-1' }, /--lr must be a number above 0/],
])('a wrong choice is reported: %s %j', (model, choices, message) => {
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
