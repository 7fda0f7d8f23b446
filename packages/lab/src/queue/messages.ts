import { DataError } from '../console/errors.js';
import {
  atLeast0,
  count,
  either,
  type Field,
  index,
  nothing,
  object,
  positive,
  requireFields,
  text,
  texts,
} from '../run/fields.js';
import { isObject, parseJson } from '../run/json.js';
import type { Settings } from '../studies/arm.js';
import type { TrialResult } from '../studies/outcome.js';
import type { StepCosts } from '../studies/step-cost.js';

/** Everything that comes from a queue was written by another program: it is measured and looked at before it is used. */

/** What a worker must be so that it computes the same numbers. */
export interface Requirement {
  /** The versions of what computes. */
  version: string;
  /** What the self-test must come to: see `selfTest`. */
  bits: string;
}

/** A study in the queue. */
export interface RunInfo extends Requirement {
  study: string;
  activations: readonly string[];
  stepCosts: StepCosts;
  /** The SHA-256 of the data's files. */
  data: string;
  /** Where it was begun, for people. */
  host: string;
  folder: string;
  /** Trials in all, as far as known. */
  trials: number;
}

/** A job: a trial, by what sets it apart. It is data; what it does is settled by the study of that name. */
export interface JobData {
  id: string;
  settings: Settings;
  steps: number;
}

/** What a worker says of itself. */
export interface Heartbeat extends Requirement {
  host: string;
  pid: number;
  /** Trials at once. */
  slots: number;
  running: readonly { run: string; job: string; fraction: number }[];
}

/** The most bytes of each. */
export const MOST: Readonly<Record<'run' | 'job' | 'heartbeat' | 'result', number>> = {
  run: 2 ** 16,
  job: 2 ** 14,
  heartbeat: 2 ** 16,
  result: 2 ** 22,
};

/** A study's identifier; so nothing else can be meant by it in a key. */
export const RUN_ID: RegExp = /^[a-z0-9-]{8,64}$/;
const TRIAL_ID = /^[a-z0-9.+-]{1,200}$/;

/** The job of a trial: longer ones are jobs of their own. */
export const jobId = (trial: string, steps: number): string => `${trial}_${steps}`;

const hash: Field = ['64 hexadecimal digits', (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)];
const short: Field = ['a text of at most 200 characters', (value) => typeof value === 'string' && value.length <= 200];
const fraction: Field = ['a number from 0 to 1', (value) => atLeast0[1](value) && (value as number) <= 1];

export function readRun(json: string, run: string): RunInfo {
  const what = `the queue's study ${run}`;
  const info = parsed(json, what, MOST.run);
  requireFields(what, info, { version: short, bits: hash, study: short, activations: texts, stepCosts: object });
  requireFields(what, info, { data: hash, host: short, folder: short, trials: index });
  for (const [name, cost] of Object.entries(info.stepCosts as object))
    requireFields(what, cost, { ratio: positive, low: positive, high: positive }, `stepCosts.${name}.`);
  return info as unknown as RunInfo;
}

export function readJob(data: unknown): JobData {
  const what = 'a job of the queue';
  if (JSON.stringify(data ?? null).length > MOST.job) throw new DataError(`${what} is too large`);
  requireFields(what, data, {
    id: ['the name of a trial', (value) => typeof value === 'string' && TRIAL_ID.test(value)],
    steps: count,
    settings: ['an object of texts and numbers', isSettings],
  });
  const { id, settings, steps } = data as JobData;
  return { id, settings, steps };
}

function isSettings(value: unknown): boolean {
  if (!isObject(value) || Object.keys(value).length > 32) return false;
  return Object.values(value).every((x) => (typeof x === 'number' ? Number.isFinite(x) : short[1](x)));
}

export function readHeartbeat(json: string): Heartbeat {
  const what = "a worker's message";
  const beat = parsed(json, what, MOST.heartbeat);
  requireFields(what, beat, { version: short, bits: hash, host: short, pid: count, slots: count });
  const { running } = beat;
  if (!Array.isArray(running) || running.length > 4096) throw new DataError(`${what}: 'running' must be a list`);
  for (const one of running) requireFields(what, one, { run: text, job: text, fraction }, 'running.');
  return beat as unknown as Heartbeat;
}

/** The result of a trial of at most so many steps. */
export function readTrialResult(json: string, trial: string, steps: number): TrialResult {
  const what = `the queue's result of ${trial}`;
  const result = parsed(json, what, MOST.result);
  const figures: Field = ['an object of numbers', (value) => isObject(value) && Object.values(value).every(isNumber)];
  const isCurve = (value: unknown): boolean =>
    Array.isArray(value) && value.every((point) => figures[1](point) && index[1](point.step));
  requireFields(what, result, {
    steps: count,
    divergedAt: either(count, nothing),
    final: figures,
    curve: ['a list of objects of numbers, each with its step', isCurve],
    msPerStep: ['a number', isNumber],
  });
  const found = result as unknown as TrialResult;
  if (found.steps > steps || (found.steps < steps && found.divergedAt === null))
    throw new DataError(`${what}: 'steps' is ${found.steps}, it must be ${steps}`);
  return found;
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

function parsed(json: string, what: string, most: number): Record<string, unknown> {
  if (json.length > most) throw new DataError(`${what} is too large`);
  let value: unknown;
  try {
    value = parseJson(json);
  } catch {
    throw new DataError(`${what} is no JSON`);
  }
  if (!isObject(value)) throw new DataError(`${what} is no JSON object`);
  return value;
}
