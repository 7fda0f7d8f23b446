import type { ChildProcess } from 'node:child_process';
import { Interrupted } from '../console/errors.js';
import { onStop } from '../console/interrupt.js';
import type { Trial } from '../studies/types.js';
import { ended } from './child.js';

/** How a trial's process ended. */
export interface End {
  trial: Trial;
  /** null: as it should. Else what went wrong, in a sentence. */
  failure: string | null;
}

/** What is to be run, whoever runs it: processes of this machine, or workers elsewhere. */
export interface Work {
  /** The trials that remain to be done now, the most urgent first; asked again after trials have ended. */
  remaining: () => Trial[];
  /** A running trial has come to a step. */
  onStep: (trial: Trial, step: number) => void;
  /** A trial has ended, before the next is asked for. Failed ones must not remain. */
  onEnd: (end: End) => void;
}

/** Work for processes of this machine. */
export interface Schedule extends Work {
  /** Starts the process of a trial; see `startTrial`. */
  start: (trial: Trial) => ChildProcess;
  /** How many run at once. */
  jobs: number;
}

/**
 * Runs trials, each in a process of its own, until none remains. SIGINT, SIGTERM or SIGHUP: every trial finishes its step and
 * writes a checkpoint; a second one ends the trials at once.
 * @throws Interrupted after a signal, when all trials have ended.
 */
export async function runTrials({ remaining, start, jobs, onStep, onEnd }: Schedule): Promise<void> {
  const running = new Map<string, ChildProcess>();
  let signals = 0;
  const stop = (): void => {
    signals++;
    for (const child of running.values()) child.kill(signals === 1 ? 'SIGTERM' : 'SIGKILL');
  };
  const release = onStop(stop);
  try {
    await new Promise<void>((resolve) => {
      const fill = (): void => {
        const next = signals > 0 ? [] : remaining().filter(({ id }) => !running.has(id));
        for (const trial of next.slice(0, jobs - running.size)) launch(trial);
        if (running.size === 0) resolve();
      };
      const launch = (trial: Trial): void => {
        const child = start(trial);
        running.set(trial.id, child);
        child.on('message', ({ fraction }: { fraction: number }) => onStep(trial, fraction * trial.steps));
        void ended(child).then((failure) => {
          running.delete(trial.id);
          if (signals === 0 || failure === null) onEnd({ trial, failure });
          fill();
        });
      };
      fill();
    });
  } finally {
    release();
  }
  if (signals > 0) throw new Interrupted();
}
