import type { JobData } from './messages.js';
import type { State } from './store.js';

/** How a trial on this machine ended, and how far it was. */
export interface Outcome {
  /** 'unable': this machine cannot go on with any trial, as without room on its disk; the trial is not to blame. */
  how: 'result' | 'failure' | 'stopped' | 'unable';
  state: State | null;
  /** Of a failure, in a sentence. */
  reason: string;
}

/** A trial that runs on this machine. */
export interface Running {
  ended: Promise<Outcome>;
  /** The share of its steps that are done. */
  fraction(): number;
  /** How far it is, as far as that is kept; null at the beginning. */
  state(): State | null;
  /** It ends soon, by itself with what it has, or at once. */
  stop(atOnce: boolean): void;
}

/** How the trials of one study are run here. */
export interface Runner {
  /** @throws DataError if the job is no trial of the study. */
  check(job: JobData): void;
  /** Starts a trial, from a state if there is one. */
  start(job: JobData, state: State | null): Running;
}
