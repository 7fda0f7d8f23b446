import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { DataError } from '../../console/errors.js';
import { contentHash } from '../../data/data-set.js';
import type { Connection } from '../../queue/connect.js';
import type { QueuedStudy } from '../../queue/coordinator.js';
import { type Requirement, RUN_ID, readTrialResult } from '../../queue/messages.js';
import { listWorkers } from '../../queue/runs.js';
import { packState, textOf, unpack } from '../../queue/trial-files.js';
import type { StudyFolder } from '../../studies/folder.js';
import type { StudyRun } from './study-run.js';

/** A queue for a study's trials, and what a worker must be to take them. */
export interface Queued {
  connection: Connection;
  me: Requirement;
  /** How the workers are started, for people. */
  hint: string;
}

const FILE = 'queue.json';

/** Whether trials of the study in a folder were put into a queue. */
export function wasQueued(folder: StudyFolder): boolean {
  return existsSync(join(folder.path, FILE));
}

/** Trials at once that the workers take who are alive now; 1 if there is none. */
export async function slotsOf({ connection, me }: Queued): Promise<number> {
  const workers = await listWorkers(connection.redis);
  const ours = workers.filter(({ version, bits }) => version === me.version && bits === me.bits);
  return Math.max(
    1,
    ours.reduce((sum, { slots }) => sum + slots, 0),
  );
}

/** The study of a folder as the queue sees it; `show` takes who is at work. */
export function queuedStudy(
  { study, config, folder }: StudyRun,
  { me, hint }: Queued,
  trials: number,
  tell: (text: string) => void,
  show: (text: string) => void,
): QueuedStudy {
  let alone = false;
  return {
    run: runOf(folder),
    info: {
      ...me,
      study: study.name,
      activations: config.activations,
      stepCosts: config.stepCosts,
      data: contentHash(study.dataSet, config.data),
      host: hostname().slice(0, 200),
      folder: basename(folder.path).slice(0, 200),
      trials,
    },
    send: ({ id }) => (existsSync(folder.trialPath(id)) ? packState(folder.trialPath(id)) : null),
    receive: (trial, state) => {
      if (state.end === 'result') readTrialResult(textOf(state, 'result'), trial.id, trial.steps);
      unpack(folder.prepare(trial, config), state);
    },
    tell,
    onWorkers: (alive, slots, running) => {
      if (alive === 0 && !alone) tell(`No worker is there: ${hint}`);
      alone = alive === 0;
      show(`${alive} ${alive === 1 ? 'worker' : 'workers'}, ${running} of ${slots} at work, `);
    },
  };
}

/** What the study is called in a queue; it stays the same when it goes on. */
function runOf(folder: StudyFolder): string {
  if (!wasQueued(folder)) folder.json(FILE, { run: randomUUID() });
  const { run } = folder.read<{ run: unknown }>(FILE);
  if (typeof run === 'string' && RUN_ID.test(run)) return run;
  throw new DataError(`${join(folder.path, FILE)}: 'run' is no name of a study in a queue`);
}
