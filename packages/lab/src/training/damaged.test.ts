import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../../../test/support/folder.js';
import { called } from '../../test/support/cli.js';
import { trainConfig } from '../commands/train/config.js';
import { readConfig, resumeRun, startRun } from '../commands/train/run.js';
import { LabError } from '../console/errors.js';
import { random } from '../numbers/random.js';
import { readEnvironment } from '../run/environment.js';
import { RunFolder } from '../run/run-folder.js';
import { readSafetensors } from '../run/safetensors.js';
import { readResult, StudyFolder } from '../studies/folder.js';
import { readGpt } from '../tasks/stored-gpt.js';
import { checkpoints, readCheckpoint } from './checkpoint.js';

const parent = temporaryFolder('damaged');

const text = join(parent, 'text.txt');
writeFileSync(text, 'Call me Ishmael. Some years ago, never mind how long precisely. '.repeat(20));
const SMALL = { text, layers: '1', width: '16', heads: '2', context: '8', batch: '2', steps: '20', checkpoint: '10' };
const quiet = { print: () => {}, quiet: true };

let run: string;
beforeAll(async () => {
  run = (await startRun(trainConfig('gpt', SMALL), parent, quiet)).folder;
  writeFileSync(
    join(run, 'result.json'),
    JSON.stringify({ steps: 1, divergedAt: null, curve: [], final: {}, msPerStep: 1 }),
  );
  mkdirSync(join(run, 'study'));
  const scale = { steps: 30, seeds: 3, choosingSteps: 30, choosingSeeds: 0 };
  const probe = { msPerStep: 1, msPerTrial: 1, checkpointBytes: 1 };
  const own = { command: 'study', study: 'mnist', activations: ['gelu'], data: null, budget: 1 };
  const stepCosts = { gelu: { ratio: 1, low: 1, high: 1, rounds: 1 } };
  writeFileSync(join(run, 'study', 'config.json'), JSON.stringify({ ...own, scale, stepCosts, probe }));
  mkdirSync(join(run, 'study', 'trials', 'a'), { recursive: true });
  writeFileSync(join(run, 'study', 'trials', 'a', 'failure.json'), '{"reason":"it was steps"}');
});

/** A copy of the run, to be damaged. */
function copy(): string {
  const path = mkdtempSync(join(parent, 'copy-'));
  cpSync(run, path, { recursive: true });
  return path;
}

const READERS: Record<string, (path: string) => unknown> = {
  'model.safetensors': (path) => [readSafetensors(path), readGpt(path)],
  checkpoint: (path) => [readCheckpoint(path), readGpt(path)],
  'config.json': (path) => readConfig(join(path, '..')),
  'metrics.jsonl': (path) => new RunFolder(join(path, '..')).metrics(),
  'result.json': readResult,
  'environment.json': (path) => readEnvironment(new RunFolder(join(path, '..'))),
  'study/config.json': (path) => StudyFolder.open(join(path, '..')).config(),
  'study/trials/a/failure.json': (path) => new StudyFolder(join(path, '..', '..', '..')).failures(),
};

const JUNK = [
  '',
  'null',
  '[]',
  '{}',
  '"x"',
  '{"__proto__":null}',
  '{"constructor":1}',
  '{"__metadata__":null}\n',
  '\0\0\0\0\0\0\0\x10',
];
const SWAPS: [RegExp, string][] = [
  [/"shape":\[\d+/, '"shape":[-1'],
  [/"data_offsets":\[\d+/, '"data_offsets":[-9'],
  [/"data_offsets":\[\d+/, '"data_offsets":[1e300'],
  [/"F32"/, '"constructor"'],
  [/"F32"/, 'null'],
  [/"kind"|"steps"|"model"/, '"__proto__"'],
  [/\{/, 'null{'],
  [/\d/, '-'],
];

test('200 damaged files of runs give what they hold or an error that names the file', () => {
  const { uniform } = random(7, 'damage');
  const pick = <T>(list: readonly T[]): T => list[Math.floor(uniform() * list.length)];
  let told = 0;
  for (let i = 0; i < 200; i++) {
    const kind = pick(Object.keys(READERS));
    const folder = copy();
    const path = kind === 'checkpoint' ? checkpoints(folder)[0] : join(folder, kind);
    const bytes = readFileSync(path);
    const binary = bytes.toString('latin1');
    const [pattern, by] = pick(SWAPS);
    const damaged = pick([
      () => pick(JUNK),
      () => binary.slice(0, Math.floor(uniform() * binary.length)),
      () => binary.replace(pattern, by.slice(0, 40)),
      () => {
        const at = Math.floor(uniform() * Math.min(binary.length, 400));
        return binary.slice(0, at) + String.fromCharCode(Math.floor(256 * uniform())) + binary.slice(at + 1);
      },
    ])();
    writeFileSync(path, damaged, 'latin1');
    try {
      READERS[kind](path);
    } catch (error) {
      told++;
      expect(error, `${kind}: ${damaged.slice(0, 60)}: ${(error as Error).stack}`).toBeInstanceOf(LabError);
      expect((error as Error).message).toContain(folder);
    }
    rmSync(folder, { recursive: true });
  }
  expect(told).toBeGreaterThan(80);
});

test('a damaged newest checkpoint: it goes on from the one before, to the same bits', async () => {
  const folder = copy();
  const newest = checkpoints(folder).at(-1)!;
  const whole = readFileSync(newest);
  writeFileSync(newest, whole.subarray(0, 100));
  await resumeRun(folder, quiet);
  expect(readFileSync(newest).equals(whole)).toBe(true);
  expect(readFileSync(join(folder, 'metrics.jsonl'), 'utf8')).toBe(readFileSync(join(run, 'metrics.jsonl'), 'utf8'));
  expect(readdirSync(folder).filter((name) => name.endsWith('.damaged'))).toHaveLength(1);
});

test('lines of metrics that are lost are told, also in the report', async () => {
  const folder = copy();
  const path = join(folder, 'metrics.jsonl');
  writeFileSync(path, readFileSync(path, 'utf8').replace(/.*"kind":"step","step":[34],.*\n/g, ''));
  const result = await resumeRun(folder, quiet);
  expect(result.missing).toEqual({ steps: 2, evaluations: 0 });
  expect(readFileSync(result.report, 'utf8')).toMatch(/metrics of 2 steps and of 0 evaluations are lost/);
});

test('lost lines of evaluations are told; those at the end are made again', async () => {
  const folder = copy();
  const path = join(folder, 'metrics.jsonl');
  const whole = readFileSync(path, 'utf8');
  const atEnd = /(.*"kind":"evaluation","step":20,.*\n)+/;
  writeFileSync(path, whole.replace(atEnd, ''));
  const again = await resumeRun(folder, quiet);
  expect(again.missing).toEqual({ steps: 0, evaluations: 0 });
  expect(readFileSync(path, 'utf8')).toBe(whole);
  writeFileSync(path, whole.replace(/.*"kind":"evaluation","step":0,.*\n/, ''));
  const result = await resumeRun(folder, quiet);
  expect(result.missing).toEqual({ steps: 0, evaluations: 1 });
  expect(readFileSync(result.report, 'utf8')).toMatch(/metrics of 0 steps and of 1 evaluations are lost/);
});

test('a run that another process has is not resumed; one that has ended holds nothing', async () => {
  const folder = copy();
  const lock = join(folder, 'lock');
  writeFileSync(lock, String(process.ppid));
  await expect(resumeRun(folder, quiet)).rejects.toThrow(`${folder} is in use by process ${process.ppid}`);
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(lock, String(pid));
  await resumeRun(folder, quiet);
  expect(readdirSync(folder)).not.toContain('lock');
});

test.each([
  ['"learningRate": 0.003', '"learningRate": -1', "'training.schedule.learningRate' must be a number above 0"],
  ['"learningRate": 0.003', '"learningRate": "a lot"', "'training.schedule.learningRate' must be a number above 0"],
  ['"evaluateEvery": 200', '"evaluateEvery": 0', "'training.evaluateEvery' must be a whole number above 0"],
  ['"name": "adamw"', '"name": "constructor"', "'training.optimizer.name' must be one of adamw, nesterov"],
  ['"steps": 20', '"steps": null', "'training.seconds' must be a number above 0"],
  ['"batch": 2', '"batch": [2]', "'options.batch' must be a text, a number or null"],
  ['"heads": 2', '"heads": 0', '--heads must be'],
])('config.json with %s as %s: %s', async (from, to, message) => {
  const folder = copy();
  const path = join(folder, 'config.json');
  const config = readFileSync(path, 'utf8');
  expect(config).toContain(from);
  writeFileSync(path, config.replace(from, to));
  const { code, err } = await called('train', '--resume', folder);
  expect(err).toContain(`gelu-lab: ${path}: ${message}`);
  expect(err.trim()).not.toContain('\n');
  expect(code).toBe(1);
});

test('a config that does not fit the checkpoint is refused', async () => {
  const folder = copy();
  const path = join(folder, 'config.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"width": 16', '"width": 32'));
  await expect(resumeRun(folder, quiet)).rejects.toThrow(/the model is not that of config\.json/);
});

test('tensors that GPT-2 does not need are of whatever dtype', () => {
  const path = join(copy(), 'model.safetensors');
  const file = readFileSync(path);
  const length = Number(file.readBigUInt64LE());
  const header = JSON.parse(file.toString('utf8', 8, 8 + length));
  const end = file.length - 8 - length;
  header['transformer.h.0.attn.bias'] = { dtype: 'BOOL', shape: [2, 2], data_offsets: [end, end + 4] };
  const json = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(json.length));
  writeFileSync(path, Buffer.concat([size, json, file.subarray(8 + length), Buffer.from([1, 0, 1, 1])]));
  expect(Object.keys(readGpt(path).weights).length).toBeGreaterThan(10);
});
