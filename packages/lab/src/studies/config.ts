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

/** A study's config.json, also one of an older version. */
export function studyConfig(json: StudyConfig & { pace?: StepCosts }): StudyConfig {
  const { pace = {}, ...config } = json;
  return { ...config, stepCosts: config.stepCosts ?? pace };
}
