import { expect, test } from 'vitest';
import { DataError } from '../console/errors.js';
import { mnist } from '../studies/mnist.js';
import { requirePlanned, studyOf } from './assignment.js';
import { MOST, type RunInfo, readHeartbeat, readJob, readRun, readTrialResult } from './messages.js';

const bits = 'a'.repeat(64);
const INFO: RunInfo = {
  version: 'v',
  bits,
  study: 'mnist',
  activations: ['gelu', 'relu'],
  stepCosts: {},
  data: bits,
  host: 'h',
  folder: 'f',
  trials: 6,
};
const SETTINGS = { activation: 'gelu', rate: 1e-3, keep: 1, seed: 1 };
const JOB = { id: 'gelu-rate-0.001-seed-1', settings: SETTINGS, steps: 30 };
const RESULT = {
  steps: 30,
  divergedAt: null,
  curve: [{ step: 0, 'train.loss': 2 }],
  final: { error: 0.1 },
  msPerStep: 3,
};

test('what is as it must be is taken as it is', () => {
  expect(readRun(JSON.stringify(INFO), 'run')).toEqual(INFO);
  expect(readJob(JOB)).toEqual(JOB);
  expect(readTrialResult(JSON.stringify({ ...RESULT, final: { loss: 'NaN' } }), 'id', 30).final.loss).toBeNaN();
  expect(readTrialResult(JSON.stringify({ ...RESULT, steps: 7, divergedAt: 7 }), 'id', 30).steps).toBe(7);
  const beat = { version: 'v', bits, host: 'h', pid: 1, slots: 2, running: [{ run: 'r', job: 'j', fraction: 1 }] };
  expect(readHeartbeat(JSON.stringify(beat))).toEqual(beat);
});

test.each<[string, () => unknown]>([
  ['a job that is no object', () => readJob('rm -rf /')],
  ['a job without an identifier', () => readJob({ ...JOB, id: undefined })],
  ['a path for an identifier', () => readJob({ ...JOB, id: '../../etc/passwd' })],
  ['a fraction of a step', () => readJob({ ...JOB, steps: 1.5 })],
  ['an object among the settings', () => readJob({ ...JOB, settings: { seed: { valueOf: 1 } } })],
  ['no number among the settings', () => readJob({ ...JOB, settings: { seed: Number.NaN } })],
  ['a long text among the settings', () => readJob({ ...JOB, settings: { activation: 'x'.repeat(1000) } })],
  ['a large job', () => readJob({ ...JOB, more: 'x'.repeat(MOST.job) })],
  ['a large study', () => readRun(JSON.stringify({ ...INFO, more: 'x'.repeat(MOST.run) }), 'run')],
  ['a study with another hash', () => readRun(JSON.stringify({ ...INFO, data: 'x' }), 'run')],
  ['a study that is no JSON', () => readRun('{', 'run')],
  ['a step cost that is none', () => readRun(JSON.stringify({ ...INFO, stepCosts: { gelu: 1 } }), 'run')],
  [
    'a worker that is everywhere',
    () => readHeartbeat(JSON.stringify({ version: 'v', bits, host: 'h', pid: 1, slots: 1 })),
  ],
  ['a result of more steps', () => readTrialResult(JSON.stringify({ ...RESULT, steps: 31 }), 'id', 30)],
  ['a result of fewer steps', () => readTrialResult(JSON.stringify({ ...RESULT, steps: 29 }), 'id', 30)],
  ['a text as a figure', () => readTrialResult(JSON.stringify({ ...RESULT, final: { error: '<script>' } }), 'id', 30)],
  ['a curve without steps', () => readTrialResult(JSON.stringify({ ...RESULT, curve: [{ loss: 1 }] }), 'id', 30)],
  ['a list', () => readTrialResult('[]', 'id', 30)],
])('%s is refused', (_, read) => {
  expect(read).toThrow(DataError);
});

test('only what the study could have planned is run', async () => {
  expect(await studyOf(INFO)).toBe(mnist);
  await expect(studyOf({ ...INFO, study: 'constructor' })).rejects.toThrow(/no study/);
  await expect(studyOf({ ...INFO, activations: ['rm'] })).rejects.toThrow(DataError);
  requirePlanned(mnist, INFO, JOB);
  for (const job of [
    { ...JOB, settings: { ...SETTINGS, activation: 'elu' } },
    { ...JOB, settings: { ...SETTINGS, rate: 1 } },
    { ...JOB, settings: { ...SETTINGS, hidden: 1e6 } },
    { ...JOB, settings: { ...SETTINGS, seed: 6 } },
    { ...JOB, settings: { ...SETTINGS, seed: 1.5 } },
    { ...JOB, steps: mnist.full.steps + 1 },
  ])
    expect(() => requirePlanned(mnist, INFO, job)).toThrow(DataError);
});
