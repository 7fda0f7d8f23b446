import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../../../../test/support/folder.js';
import { tourConfig } from './config.js';
import { runTour, type TourResult } from './run.js';

const parent = temporaryFolder('tour');
const printed: string[] = [];
let first: TourResult;
let second: TourResult;
const listeners = process.listenerCount('SIGINT');

beforeAll(async () => {
  const small = { ...tourConfig({ seed: '5', examples: '2000', steps: '50' }), accuracy: { points: 1024 } };
  const config = (): typeof small => ({ ...structuredClone(small), speed: { elements: 4096, repeats: 2 } });
  first = await runTour(config(), { out: parent, print: (text) => void printed.push(text), quiet: true });
  // One of them again tells as much as all three.
  const again = config();
  again.training.activations = ['gelu'];
  second = await runTour(again, { out: parent, print: () => {}, quiet: true });
});

test('Ctrl-C while training keeps what was measured, and no half-written file', async () => {
  const out = mkdtempSync(join(tmpdir(), 'tour-'));
  const config = {
    ...tourConfig({ steps: '1000' }),
    accuracy: { points: 1024 },
    speed: { elements: 4096, repeats: 2 },
  };
  const print = (text: string): void => {
    if (text.includes('training images')) setTimeout(() => process.emit('SIGINT'), 300);
  };
  await expect(runTour(config, { out, print, quiet: true })).rejects.toThrow(/^Interrupted\. .*-tour\.$/);
  const folder = join(out, readdirSync(out)[0]);
  expect(readdirSync(folder).sort()).toEqual(['config.json', 'environment.json', 'metrics.jsonl']);
  const lines = readFileSync(join(folder, 'metrics.jsonl'), 'utf8').trimEnd().split('\n');
  const steps = lines.map((line) => JSON.parse(line) as Line).filter(({ kind }) => kind === 'step');
  expect(steps.length).toBeGreaterThan(0);
  expect(steps.length).toBeLessThan(3000);
  expect(process.listenerCount('SIGINT')).toBe(listeners);
  rmSync(out, { recursive: true });
});

const read = (run: TourResult, name: string): string => readFileSync(join(run.folder, name), 'utf8');
type Line = Record<string, unknown>;

test('writes the files of the run and nothing else', () => {
  expect(readdirSync(first.folder).sort()).toEqual(['config.json', 'environment.json', 'metrics.jsonl', 'report.html']);
  expect(JSON.parse(read(first, 'config.json'))).toMatchObject({ seed: 5, training: { steps: 50, examples: 2000 } });
  expect(JSON.parse(read(first, 'environment.json')).node).toBe(process.version);
});

test('prints the example, the tables and the way to the report', () => {
  const text = printed.join('\n');
  expect(text).toContain('[[-0.0040, -0.1587,  0.0000,  0.8413,  2.9960]]');
  expect(text).toMatch(/worst ULP/);
  expect(text).toMatch(/Gelem\/s/);
  expect(text).toMatch(/50 steps of 128: 2,000 of the 60,000 training images \(3.3 %\), 3.33 epochs/);
  expect(text).toMatch(/GELU .*\nReLU .*\nELU .*/);
  const short = text.slice(text.indexOf('In short')).split('\n');
  expect(short.length).toBeLessThanOrEqual(10);
  expect(short[1]).toMatch(/this library 0\.5 ULP \(all forms\); others [\d.e]+ \(.+\) to (?:[\d.e]+|NaN) \(/);
  expect(short[2]).toMatch(/gelu \(this library\) [\d.]+/);
  expect(short[3]).toMatch(/GELU [\d.]+ %, ReLU [\d.]+ %, ELU [\d.]+ %; one seed, no ranking/);
  expect(text).toContain(`Report: ${first.report}`);
});

test('all activations learn, from the same start', () => {
  expect(first.training.map(({ activation }) => activation)).toEqual(['gelu', 'relu', 'elu']);
  for (const { curve, train, test, divergedAt, firstGradientNorms, msPerStep, deadUnits } of first.training) {
    expect(curve.map(({ step }) => step)).toEqual([0, 25, 50]);
    expect(curve[0].trainLoss).toBeGreaterThan(2.2);
    expect(train.loss).toBeLessThan(1.2);
    expect(test.error).toBeLessThan(0.4);
    expect(divergedAt).toBeNull();
    expect(firstGradientNorms).toHaveLength(9);
    expect(msPerStep).toBeGreaterThan(0);
    expect(deadUnits).toBeLessThan(0.5);
  }
});

test('the same seed gives the same metrics, times apart', () => {
  const metrics = (run: TourResult): Line[] =>
    read(run, 'metrics.jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
      .filter(({ kind, activation = 'gelu' }) => kind !== 'speed' && activation === 'gelu')
      .map((line) => Object.fromEntries(Object.entries(line).filter(([name]) => !name.startsWith('ms'))));
  expect(metrics(second)).toEqual(metrics(first));
  expect(metrics(first).filter(({ kind }) => kind === 'step')).toHaveLength(50);
});

test('the report loads nothing and holds the plots and tables', () => {
  const { document } = parseHTML(read(first, 'report.html'));
  expect(document.querySelectorAll('script[src], link, img, iframe, [src]').length).toBe(0);
  expect([...document.querySelectorAll('[href]')]).toEqual([]);
  expect(document.querySelector('style')!.textContent).not.toMatch(/url\(|@import/);
  expect(document.querySelectorAll('figure > svg').length).toBe(12);
  expect(document.querySelectorAll('table').length).toBe(3);
  expect(document.body.textContent).not.toMatch(/undefined|\[object/);
  expect(document.body.textContent).toContain('npx gelu-lab tour --seed 5 --examples 2000 --steps 50');
});
