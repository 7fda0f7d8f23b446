import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../../../test/support/folder.js';
import { called } from '../../../test/support/cli.js';
import { environment } from '../../run/environment.js';
import type { StudyConfig } from '../../studies/config.js';
import type { TrialResult } from '../../studies/outcome.js';
import type { Results } from '../../studies/results.js';
import { claims } from './claims.js';

const folder = emptyFolder('evidence');

/** The run of a study in which each activation has the given errors, a seed each. */
function putRun(errors: Record<string, number[]>, atOtherRate: Record<string, number[]> = {}): string {
  const run = join(folder, 'run');
  const config: StudyConfig = {
    command: 'study',
    study: 'mnist',
    activations: Object.keys(errors),
    data: null,
    budget: 60,
    scale: { steps: 429, seeds: 5, choosingSteps: 0, choosingSeeds: 0 },
    stepCosts: {},
    probe: { msPerStep: 1, msPerTrial: 1, checkpointBytes: 1 },
  };
  mkdirSync(run);
  writeFileSync(join(run, 'config.json'), JSON.stringify(config));
  writeFileSync(join(run, 'environment.json'), JSON.stringify(environment()));
  const rates = [
    [0.001, errors],
    [0.0001, atOtherRate],
  ] as const;
  for (const [rate, name, values] of rates.flatMap(([r, all]) =>
    Object.entries(all).map((of) => [r, ...of] as const),
  )) {
    for (const [i, error] of values.entries()) {
      const trial = join(run, 'trials', `${name}-rate-${rate}-seed-${i + 1}`);
      mkdirSync(trial, { recursive: true });
      const final = { error, loss: error, trainLoss: error, dead: error, 'noise.1': error };
      const result: TrialResult = { steps: 429, divergedAt: null, curve: [], final, msPerStep: 1 };
      writeFileSync(join(trial, 'result.json'), JSON.stringify(result));
    }
  }
  return run;
}

const rowOf = (text: string, claim: string): string =>
  text.split('\n').find((line) => line.startsWith(`| ${claim}`)) ?? '';

test('verdicts follow from the intervals, also where GELU does not win', async () => {
  const errors = {
    gelu: [0.02, 0.021, 0.02, 0.022, 0.02],
    relu: [0.01, 0.011, 0.01, 0.012, 0.01],
    elu: [0.02, 0.021, 0.02, 0.022, 0.02],
  };
  const run = putRun(errors, { relu: [0.05, 0.04, 0.06] });
  const { code, out } = await called('evidence', run, '--out', folder);
  expect([code, out.trim()]).toEqual([0, join(folder, 'evidence.md')]);
  expect(readdirSync(join(folder, 'evidence')).sort()).toEqual([
    'mnist-noise.html',
    'mnist-noise.json',
    'mnist.html',
    'mnist.json',
  ]);
  const text = readFileSync(join(folder, 'evidence.md'), 'utf8');
  expect(rowOf(text, 'GELU classifies better (MNIST, no dropout)')).toMatch(
    /not shown: .* better in 0, worse in 2, no clear difference in 2/,
  );
  expect(text).toMatch(/test error, GELU − ReLU: \+1.00 % \[\+1.00 %, \+1.00 %\]: ReLU is better \(5 seeds\)/);
  expect(text).toContain(
    'test error of ReLU by choice: learning rate 0.001, dropout 0: 1.00 %; learning rate 0.0001, dropout 0: 5.00 %',
  );
  expect(text).toContain('chosen: GELU: learning rate 0.001, dropout 0; ReLU: learning rate 0.001, dropout 0');
  expect(rowOf(text, 'The gradient is smooth')).toMatch(/holds/);
  expect(text).toContain('ReLU: the first derivative jumps by 1.00 at 0');
  expect(rowOf(text, 'A transformer with GELU is better after equal time')).toMatch(/not measured here/);
  expect(text).toContain('1 of 50 epochs');
  expect(text).not.toMatch(/undefined|NaN|\[object/);
});

test('where GELU wins everything, it says so; from what was taken in before, the same page is written', async () => {
  const run = putRun({ gelu: [0.01, 0.011, 0.012], relu: [0.03, 0.033, 0.032] });
  await called('evidence', run, '--out', folder);
  const text = readFileSync(join(folder, 'evidence.md'), 'utf8');
  expect(rowOf(text, 'Fewer units die')).toMatch(/\| holds: GELU is better in 1/);
  expect(rowOf(text, 'GELU is more robust to noise')).toMatch(/holds: GELU is better in 1/);
  rmSync(run, { recursive: true });
  await called('evidence', '--out', folder);
  expect(readFileSync(join(folder, 'evidence.md'), 'utf8')).toBe(text);
});

test('after equal time, only arms count whose step is known to cost something else', () => {
  const loss = { key: 'loss', title: 'validation loss', factor: 1, unit: 'nats', digits: 4 };
  const comparison = (group: string, b: string) => ({
    ...{ measure: 'loss', group, a: 'GELU', b, seeds: 5 },
    ...{ difference: -0.1, low: -0.2, high: -0.05, deviation: 0.05, p: 0.001, holds: true, among: 2 },
  });
  const claimOf = (relu: number): string | null | undefined => {
    const cost = (ratio: number) => ({ ratio, low: ratio - 0.005, high: ratio + 0.005, rounds: 50 });
    const config = {
      stepCosts: { GELU: { ratio: 1, low: 1, high: 1, rounds: 50 }, ReLU: cost(relu), ELU: cost(1.001) },
    };
    const comparisons = ['ReLU', 'ELU'].map((b) => comparison('equal time', b));
    const results = { study: 'gpt', measures: [loss], arms: [], comparisons, config } as unknown as Results;
    const all = claims({ studies: new Map([['gpt', results]]), flow: null });
    return all.find(({ claim }) => claim.includes('equal time'))?.verdict;
  };
  expect(claimOf(0.967)).toMatch(/^holds: GELU is better in 1, worse in 0, no clear difference in 0 of 1/);
  expect(claimOf(1.002)).toMatch(/^undecided: the steps cost too nearly the same/);
});

test('the page that is kept follows from the figures that are kept', async () => {
  const docs = join(import.meta.dirname, '..', '..', '..', '..', '..', 'docs');
  cpSync(join(docs, 'evidence'), join(folder, 'evidence'), { recursive: true });
  await called('evidence', '--out', folder);
  const files = readdirSync(join(docs, 'evidence')).filter((name) => name.endsWith('.html'));
  for (const file of ['evidence.md', ...files.map((name) => join('evidence', name))])
    expect(readFileSync(join(folder, file), 'utf8')).toBe(readFileSync(join(docs, file), 'utf8'));
});

test('runs of older versions are read, whose files have other names for the cost of a step and for exits', async () => {
  const run = putRun({ gelu: [0.01], relu: [0.03] });
  const { stepCosts, ...config } = JSON.parse(readFileSync(join(run, 'config.json'), 'utf8'));
  writeFileSync(join(run, 'config.json'), JSON.stringify({ ...config, pace: stepCosts }));
  expect(await called('evidence', run, '--out', folder)).toMatchObject({ code: 0 });

  const [name] = (await called('flow', '--depth', '2', '--width', '8', '--draws', '1', '--out', folder)).out
    .split('\n')
    .flatMap((line) => /Report: (.*)\/report.html/.exec(line)?.[1] ?? []);
  const results = join(name, 'results.json');
  const old = readFileSync(results, 'utf8').replaceAll('"exits"', '"leaves"');
  writeFileSync(results, old);
  expect(await called('evidence', name, '--out', folder)).toMatchObject({ code: 0 });
  const { settings } = JSON.parse(readFileSync(join(folder, 'evidence', 'flow.json'), 'utf8'));
  expect(settings[0].exits).toEqual({ activation: null, gradient: null, jacobian: null });
  expect(settings[0]).not.toHaveProperty('leaves');
});

test('a folder that is no run is reported', async () => {
  const { code, err } = await called('evidence', folder, '--out', folder);
  expect([code, err]).toEqual([2, expect.stringMatching(/holds no study/)]);
});
