import type { DataSet } from '../data/data-set.js';
import type { Schedule } from '../training/schedule.js';
import type { Arrays, Task } from '../training/task.js';
import type { TrainerOptions } from '../training/trainer.js';
import type { Arm, Settings } from './arm.js';
import type { ArmSummary } from './outcome.js';
import type { StepCosts } from './step-cost.js';

/** A figure by which arms are compared. */
export interface Measure {
  /** Its name in a trial's result. */
  key: string;
  title: string;
  /** The factor from the result to what is shown, and the unit of that: 100 and '%' for a share. */
  factor: number;
  unit: string;
  digits: number;
  /** Default: less is better. */
  moreIsBetter?: boolean;
}

/** A trial to be run: its folder's name, its settings, and how far it is to go. */
export interface Trial {
  id: string;
  arm: string;
  seed: number;
  /** Index into the arm's grid. */
  choice: number;
  settings: Settings;
  steps: number;
  /** What the steps cost, in steps of the study's first arm. */
  cost: number;
}

/** The part of the full study that a budget allows. */
export interface Scale {
  /** Steps of a trial. */
  steps: number;
  /** Seeds of each arm. */
  seeds: number;
  /** Steps after which the choice within a grid is made. */
  choosingSteps: number;
  /** How many seeds try every choice: all, one, or none (the usual choice is taken). */
  choosingSeeds: number;
}

/** How long a study may take: seconds of wall time, or the full experiment. */
export type Budget = number | 'full';

/** An experiment: what is compared, on which task, and what is measured. Each is one file of this folder. */
export interface Study extends Planned {
  name: string;
  /** One line for lists. */
  title: string;
  /** The network, the training and where the experiment comes from, for the report. */
  about: string;
  /** Where no others are asked for. */
  activations: readonly string[];
  /** Throws a UsageError for what cannot be compared; default: what is no activation of the registry. */
  check?(activation: string): Promise<void>;
  /** `stepCosts` is empty unless the study is to compare by time. */
  arms(activations: readonly string[], stepCosts: StepCosts): Arm[];
  /** Whether the arms' steps are timed against each other before the start. */
  comparesTime?: boolean;
  full: Full;
  /** The first is the one by which the study is judged. */
  measures: readonly Measure[];
  /** Lines of the learning curves: the key in `CurvePoint` and the title. */
  curves: readonly { key: string; title: string; unit: string }[];
  /** The paper's figure for an arm's name, in the unit of the first measure, and what it says in words. */
  paper?: { figures: Readonly<Record<string, number>>; text: string };
  /** Steps between evaluations, beside those at the very beginning and at the end. */
  evaluateEvery: number;
  /** The part of the data by which a trial is judged at the end; default: test. */
  judgedBy?: 'test' | 'validation';
  /** Arms that follow from the others' results, shown and compared before them. */
  derive?(arms: readonly ArmSummary[]): ArmSummary[];
  /** What it learns from. */
  dataSet: DataSet;
  prepare(settings: Settings, options: DataOptions): Promise<Prepared>;
}

/** What a study needs to know to plan its trials. */
export interface Planned {
  /** The key of the learning curve that decides within a grid; less is better. */
  select: string;
  full: Full;
}

/** The experiment at full length. */
export interface Full {
  steps: number;
  seeds: number;
  stepsPerEpoch: number;
  /** Whether a longer trial begins like a shorter one, so that it can be continued: a constant learning rate. */
  extendable: boolean;
}

/** Where the user's data lie. */
export interface DataOptions {
  /** The folder with the study's data; null: where the study looks by itself. */
  data: string | null;
}

/** A trial ready to start. */
export interface Prepared {
  task: Task;
  trainer: TrainerOptions;
  schedule: Schedule;
  /** What the report must say of the data that were found. */
  remark?: string;
  /** Further measures of the trained parameters, beside those of the test data. The parameters stay the caller's. */
  measure?(parameters: Arrays): Promise<Record<string, number>>;
}
