import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../../../test/support/folder.js';
import { called } from '../../../test/support/cli.js';
import { environment } from '../../run/environment.js';
import { compareAll } from '../../studies/compare.js';
import type { StudyConfig } from '../../studies/config.js';
import type { TrialResult } from '../../studies/outcome.js';
import type { Results } from '../../studies/results.js';
import { claims } from './claims.js';
import type { Evidence } from './import.js';

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
  text.split('\n').find((line) => line.includes(`| ${claim}`)) ?? '';

test('verdicts follow from the intervals, also where GELU does not win', async () => {
  const errors = {
    gelu: [0.02, 0.021, 0.02, 0.022, 0.02],
    relu: [0.01, 0.011, 0.01, 0.012, 0.01],
    elu: [0.02, 0.021, 0.02, 0.022, 0.02],
  };
  const run = putRun(errors, { relu: [0.05, 0.04, 0.06] });
  const { code, out } = await called('evidence', run, '--out', folder);
  expect([code, out.trim()]).toEqual([0, join(folder, 'evidence.md')]);
  const files = readdirSync(join(folder, 'evidence')).sort();
  expect(files.filter((name) => !name.endsWith('.svg'))).toEqual([
    'mnist-noise.html',
    'mnist-noise.json',
    'mnist.html',
    'mnist.json',
  ]);
  const plot = readFileSync(join(folder, 'evidence', 'gelu-classifies-better-mnist-no-dropout.svg'), 'utf8');
  expect(plot).toMatch(/^<svg [\s\S]*test error, difference[\s\S]*GELU − ReLU[\s\S]*5 seeds/);
  const text = readFileSync(join(folder, 'evidence.md'), 'utf8');
  expect(rowOf(text, 'GELU classifies better (MNIST, no dropout)')).toMatch(
    /^\| ✘ .* better in 0, worse in 2, no clear difference in 2/,
  );
  expect(text).toContain(
    '![GELU classifies better (MNIST, no dropout): differences, intervals, zero, seeds](evidence/gelu-cl',
  );
  expect(text).toContain('gelu-lab study mnist --activations gelu,relu,elu --budget 1m');
  expect(text).toContain('| not written down before |');
  expect(text).toMatch(/test error, GELU − ReLU: \+1.00 % \[\+1.00 %, \+1.00 %\]: ReLU is better \(5 seeds\)/);
  expect(text).toContain(
    'test error of ReLU by choice: learning rate 0.001, dropout 0: 1.00 %; learning rate 0.0001, dropout 0: 5.00 %',
  );
  expect(text).toContain('chosen: GELU: learning rate 0.001, dropout 0; ReLU: learning rate 0.001, dropout 0');
  expect(rowOf(text, 'The gradient is smooth')).toMatch(/^\| ✔ /);
  expect(text).toContain('ReLU: the first derivative jumps by 1.00 at 0');
  expect(rowOf(text, 'A transformer with GELU is better after equal time')).toMatch(
    /^\| {2}\| .*not measured; `gelu-lab study gpt` does/,
  );
  expect(text).toContain('1 of 50 epochs');
  expect(text).not.toMatch(/undefined|NaN|\[object/);
});

test('where GELU wins everything, it says so; from what was taken in before, the same page is written', async () => {
  const run = putRun({ gelu: [0.01, 0.011, 0.012], relu: [0.03, 0.033, 0.032] });
  await called('evidence', run, '--out', folder);
  const text = readFileSync(join(folder, 'evidence.md'), 'utf8');
  expect(rowOf(text, 'Fewer units die')).toMatch(/^\| ✔ .*GELU is better in 1/);
  expect(rowOf(text, 'GELU is more robust to noise')).toMatch(/^\| ✔ .*GELU is better in 1/);
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
  const claimOf = (relu: number): string => {
    const cost = (ratio: number) => ({ ratio, low: ratio - 0.005, high: ratio + 0.005, rounds: 50 });
    const config = {
      ...{ activations: ['gelu', 'relu', 'elu'], budget: 600, data: null },
      stepCosts: { GELU: { ratio: 1, low: 1, high: 1, rounds: 50 }, ReLU: cost(relu), ELU: cost(1.001) },
    };
    const comparisons = ['ReLU', 'ELU'].map((b) => comparison('equal time', b));
    const results = { study: 'gpt', measures: [loss], arms: [], comparisons, config } as unknown as Results;
    const all = claims({ studies: new Map([['gpt', results]]), flow: null });
    const { mark, sentence } = all.find(({ claim }) => claim.includes('equal time'))!;
    return `${mark} ${sentence}`;
  };
  expect(claimOf(0.967)).toMatch(/^✔ GELU is better in 1, worse in 0, no clear difference in 0 of 1/);
  expect(claimOf(1.002)).toMatch(/^✘ Undecided: the steps cost too nearly the same/);
});

test('the page that is kept follows from the figures that are kept', async () => {
  const docs = join(import.meta.dirname, '..', '..', '..', '..', '..', 'docs');
  cpSync(join(docs, 'evidence'), join(folder, 'evidence'), { recursive: true });
  await called('evidence', '--out', folder);
  const files = readdirSync(join(docs, 'evidence')).filter((name) => !name.endsWith('.json'));
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

/** A study of the forms in which the exact one is this much worse than the others. */
function formsResults(off: readonly number[], framework = 1.25): Evidence {
  const error = { key: 'error', title: 'test error', factor: 100, unit: '%', digits: 2 };
  const names = ['GELU', 'GELU, tanh form', 'GELU, sigmoid form', 'GELU of ½x(1 + erf)', 'ReLU'];
  const arms = names.map((name, i) => ({
    ...{ name, group: '', settings: null, seeds: [1, 2, 3, 4, 5], medians: {}, curves: {}, msPerStep: 1, diverged: 0 },
    values: { error: [0, 1, 2, 3, 4].map((seed) => 0.03 + seed / 1e3 - (off[i] ?? 0) * (1 + seed / 50)) },
  }));
  const cost = (ratio: number) => ({ ratio, low: ratio - 0.01, high: ratio + 0.01, rounds: 50 });
  const stepCosts = { GELU: cost(1), 'GELU of ½x(1 + erf)': cost(framework), ReLU: cost(1.001) };
  const config = { study: 'forms', activations: names, budget: 600, data: null, stepCosts };
  const comparisons = compareAll(arms, [error]);
  const results = { study: 'forms', measures: [error], arms, comparisons, config } as unknown as Results;
  return { studies: new Map([['forms', results]]), flow: null };
}

test('the forms: alike within a margin, a framework’s tail, the cost of a step', () => {
  const of = (part: string, ...given: Parameters<typeof formsResults>): string => {
    const { mark, sentence } = claims(formsResults(...given)).find(({ claim }) => claim.includes(part))!;
    return `${mark} ${sentence}`;
  };
  expect(of('train alike', [0, 0.001, 0.001, 0])).toMatch(/^✔ GELU, tanh form and GELU, sigmoid form within ±0\.50 %/);
  expect(of('train alike', [0, 0.001, 0.01, 0])).toMatch(/^◐ .*; of GELU, sigmoid form 5 seeds cannot tell/);
  expect(of('whose tail is right', [0, 0, 0, 0])).toMatch(
    /^✘ The number of wrong test images is the same in all 5 seeds/,
  );
  expect(of('whose tail is right', [0, 0, 0, -0.01])).toMatch(/^✔ GELU is better in 1/);
  expect(of('costs less', [])).toMatch(/^✔ .* 1\.250 \[1\.240, 1\.260\] with GELU of jax-js's operations/);
  expect(of('costs less', [], 0.9)).toMatch(/^◐ /);
});

test('a folder that is no run is reported', async () => {
  const { code, err } = await called('evidence', folder, '--out', folder);
  expect([code, err]).toEqual([2, expect.stringMatching(/holds no study/)]);
});
