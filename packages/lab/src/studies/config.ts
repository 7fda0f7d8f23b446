import { DataError } from '../console/errors.js';
import {
  atLeast0,
  count,
  either,
  index,
  nothing,
  object,
  positive,
  requireFields,
  text,
  texts,
  word,
} from '../run/fields.js';
import type { Settings } from './arm.js';
import type { StepCosts } from './step-cost.js';
import type { Budget, DataOptions, Scale } from './types.js';

/** What a study's config.json holds: all that its trials and their number depend on. */
export interface StudyConfig extends DataOptions {
  command: 'study';
  study: string;
  activations: readonly string[];
  budget: Budget;
  scale: Scale;
  /** What the arms' steps cost, where the study asks for it; else empty. */
  stepCosts: StepCosts;
  /** How it chooses and judges, written down before the first trial; studies of older versions have none. */
  rules?: readonly string[];
  /** Measured on this machine before the start; the scale follows from it. */
  probe: Probe;
}

/** What one trial costs on this machine, in milliseconds of one processor. */
export interface Probe {
  /** A step with its share of the evaluations. */
  msPerStep: number;
  /** What a trial takes beside its steps: to load the data, to compile, to be judged. */
  msPerTrial: number;
  /** Of a checkpoint. */
  checkpointBytes: number;
  /** What the study has to say of the data. */
  remark?: string;
}

/** What a trial's config.json holds. */
export interface TrialConfig extends DataOptions {
  command: 'study';
  study: string;
  settings: Settings;
  steps: number;
}

/** What a study's config.json, `file`, holds, also one of an older version. @throws DataError for a field that is not as it must be. */
export function studyConfig(json: object, file: string): StudyConfig {
  const { pace = {}, ...rest } = json as StudyConfig & { pace?: StepCosts };
  const config = { ...rest, stepCosts: rest.stepCosts ?? pace };
  requireFields(file, config, {
    study: text,
    activations: texts,
    data: either(text, nothing),
    budget: either(positive, word('full')),
    scale: object,
    stepCosts: object,
    probe: object,
    ...(config.rules === undefined ? {} : { rules: texts }),
  });
  requireFields(
    file,
    config.scale,
    { steps: count, seeds: count, choosingSteps: index, choosingSeeds: index },
    'scale.',
  );
  requireFields(file, config.probe, { msPerStep: atLeast0, msPerTrial: atLeast0, checkpointBytes: atLeast0 }, 'probe.');
  for (const [name, cost] of Object.entries(config.stepCosts))
    requireFields(file, cost, { ratio: positive, low: positive, high: positive }, `stepCosts.${name}.`);
  if (config.activations.length === 0) throw new DataError(`${file}: 'activations' must not be empty`);
  return config;
}
