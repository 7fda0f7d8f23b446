import { expect, test } from 'vitest';
import type { Arm } from './arm.js';
import type { TrialResult } from './outcome.js';
import { chosen, type Ended, isDone, judgedTrials, planTrials, shareDone } from './plan.js';
import type { Planned, Scale, Trial } from './types.js';

const STUDY: Planned = { select: 'loss', full: { steps: 100, seeds: 3, stepsPerEpoch: 10, extendable: true } };
const SCALE: Scale = { steps: 100, seeds: 3, choosingSteps: 20, choosingSeeds: 1 };
const arm = (name: string, rates: number[]): Arm => ({
  name,
  group: '',
  grid: rates.map((rate) => ({ activation: name, rate })),
  usual: 0,
});
const ARMS = [arm('GELU', [0.1, 0.01]), arm('ReLU', [0.1, 0.01])];

function result(steps: number, loss: (step: number) => number, divergedAt: number | null = null): TrialResult {
  const curve = [0, 10, 20, 50, 100].filter((s) => s <= steps).map((step) => ({ step, loss: loss(step) }));
  return { steps, divergedAt, curve, final: { loss: loss(steps) }, msPerStep: 1 };
}
const ids = (trials: Trial[]): string[] => trials.map(({ id, steps }) => `${id} ${steps}`);

test('first the trials that choose, then, arm by arm, the others', () => {
  const ended = new Map<string, Ended>();
  expect(ids(planTrials(STUDY, ARMS, SCALE, ended))).toEqual([
    'gelu-rate-0.1-seed-1 20',
    'gelu-rate-0.01-seed-1 20',
    'relu-rate-0.1-seed-1 20',
    'relu-rate-0.01-seed-1 20',
  ]);
  ended.set(
    'gelu-rate-0.1-seed-1',
    result(20, (s) => 1 / (s + 1)),
  );
  ended.set(
    'gelu-rate-0.01-seed-1',
    result(20, () => 1),
  );
  expect(ids(planTrials(STUDY, ARMS, SCALE, ended))).toEqual([
    'gelu-rate-0.1-seed-1 100',
    'gelu-rate-0.01-seed-1 20',
    'relu-rate-0.1-seed-1 20',
    'relu-rate-0.01-seed-1 20',
    'gelu-rate-0.1-seed-2 100',
    'gelu-rate-0.1-seed-3 100',
  ]);
});

test('the choice is made at the step of the choice, whatever comes later', () => {
  const ended = new Map<string, Ended>([
    ['gelu-rate-0.1-seed-1', result(100, (s) => (s > 20 ? 9 : 0.1))],
    ['gelu-rate-0.01-seed-1', result(20, () => 0.2)],
  ]);
  expect(chosen(STUDY, ARMS[0], SCALE, ended)).toBe(0);
});

test('divergence and failure count as the worst; if nothing is left, the arm has no trials', () => {
  const diverged = result(5, () => Number.NaN, 5);
  const ended = new Map<string, Ended>([
    ['gelu-rate-0.1-seed-1', diverged],
    ['gelu-rate-0.01-seed-1', result(20, () => 2)],
    ['relu-rate-0.1-seed-1', diverged],
    ['relu-rate-0.01-seed-1', 'failed'],
  ]);
  expect(chosen(STUDY, ARMS[0], SCALE, ended)).toBe(1);
  expect(chosen(STUDY, ARMS[1], SCALE, ended)).toBeNull();
  const left = planTrials(STUDY, ARMS, SCALE, ended).filter((t) => !isDone(t, ended.get(t.id)));
  expect(ids(left)).toEqual(['gelu-rate-0.01-seed-1 100', 'gelu-rate-0.01-seed-2 100', 'gelu-rate-0.01-seed-3 100']);
});

test('an arm is judged by the finished trials of its choice', () => {
  const ended = new Map<string, Ended>([
    ['gelu-rate-0.1-seed-1', result(100, () => 1)],
    ['gelu-rate-0.01-seed-1', result(20, () => 2)],
    ['gelu-rate-0.1-seed-2', 'failed'],
    ['gelu-rate-0.1-seed-3', result(50, () => 1)],
  ]);
  expect(judgedTrials(STUDY, ARMS[0], SCALE, ended).map(({ trial }) => trial.seed)).toEqual([1]);
  expect(judgedTrials(STUDY, ARMS[1], SCALE, ended)).toEqual([]);
});

test('without seeds that choose, the usual choice is taken', () => {
  const usual: Arm = { ...ARMS[0], usual: 1 };
  const trials = planTrials(STUDY, [usual], { ...SCALE, choosingSeeds: 0 }, new Map());
  expect(ids(trials)).toEqual([1, 2, 3].map((seed) => `gelu-rate-0.01-seed-${seed} 100`));
});

test('where a schedule depends on the number of steps, that is part of the trial', () => {
  const study = { ...STUDY, full: { ...STUDY.full, extendable: false } };
  const [first] = planTrials(study, ARMS, SCALE, new Map());
  expect(first.id).toBe('gelu-rate-0.1-seed-1-steps-20');
});

test('how much of a trial is done', () => {
  const [trial] = planTrials(STUDY, ARMS, { ...SCALE, choosingSteps: 100 }, new Map());
  const loss = (): number => 1;
  expect(shareDone(trial, undefined)).toBe(0);
  expect(shareDone(trial, result(20, loss))).toBe(0.2);
  expect(shareDone(trial, result(100, loss))).toBe(1);
  // Nothing remains to be done of these.
  expect(shareDone(trial, result(5, loss, 5))).toBe(1);
  expect(shareDone(trial, 'failed')).toBe(1);
});
