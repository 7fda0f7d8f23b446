import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataError } from '../console/errors.js';
import { toJson } from '../run/json.js';
import { isRunning } from '../run/lock.js';
import { writeWhole } from '../run/write.js';
import type { TrialConfig } from '../studies/config.js';
import { checkpoints, readCheckpoint } from '../training/checkpoint.js';
import { ended, STOPPED, startTrial } from '../trials/child.js';
import type { JobData } from './messages.js';
import type { Outcome, Running } from './running.js';
import type { State } from './store.js';
import { packFailure, packResult, packState, unpack } from './trial-files.js';

/** What says that no trial can be written here, in the words of the system. */
const NO_ROOM = /\b(ENOSPC|EDQUOT|EFBIG|EROFS|SIGXFSZ)\b|are free on the disk/;
const SCRATCH = /^gelu-lab-worker-(\d+)-/;

/** A folder for the trials of this process; those that other processes have left, killed before they could, are removed. */
export function scratchFolder(parent: string = tmpdir()): string {
  for (const name of readdirSync(parent)) {
    const pid = Number(SCRATCH.exec(name)?.[1]);
    if (pid > 0 && !isRunning(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
  return mkdtempSync(join(parent, `gelu-lab-worker-${process.pid}-`));
}

/** Runs a trial of a study in a process and a folder of its own, as a local study does. */
export function runTrial(
  scratch: string,
  { study, data }: Pick<TrialConfig, 'study' | 'data'>,
  { settings, steps }: JobData,
  from: State | null,
  checkpointSeconds: number,
): Running {
  const folder = mkdtempSync(join(scratch, 'trial-'));
  const unable = (error: Error): Running => {
    rmSync(folder, { recursive: true, force: true });
    const how = NO_ROOM.test(error.message) ? 'unable' : 'failure';
    const outcome: Outcome = { how, reason: error.message, state: from };
    return { ended: Promise.resolve(outcome), fraction: () => 0, state: () => null, stop: () => {} };
  };
  try {
    const config: TrialConfig = { command: 'study', study, settings, steps, data };
    writeWhole(join(folder, 'config.json'), `${toJson(config, 2)}\n`);
    if (from !== null) restore(folder, from);
  } catch (error) {
    return unable(error as Error);
  }
  const child = startTrial(folder, checkpointSeconds);
  let fraction = 0;
  child.on('message', (message: { fraction?: unknown }) => {
    fraction = Math.min(1, Math.max(0, Number(message.fraction) || 0));
  });
  const state = (): State | null => packed(folder);
  const outcome = (failure: string | null): Outcome => {
    if (failure === null && existsSync(join(folder, 'result.json')))
      return { how: 'result', reason: '', state: packResult(folder) };
    if (child.exitCode === STOPPED) return { how: 'stopped', reason: '', state: state() };
    const reason = failure ?? 'it left no result';
    if (NO_ROOM.test(reason)) return { how: 'unable', reason, state: state() };
    return { how: 'failure', reason, state: packFailure(folder, reason) };
  };
  const end = ended(child)
    .then(outcome)
    .finally(() => rmSync(folder, { recursive: true, force: true }));
  return { ended: end, fraction: () => fraction, state, stop: (atOnce) => child.kill(atOnce ? 'SIGKILL' : 'SIGTERM') };
}

/** A state that is damaged is none: the trial begins anew. */
function restore(folder: string, from: State): void {
  try {
    unpack(folder, from);
    for (const path of checkpoints(folder)) readCheckpoint(path);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    for (const name of readdirSync(folder)) if (name !== 'config.json') rmSync(join(folder, name));
  }
}

/** null also where the trial has just put a newer checkpoint in the place of the one that was read. */
function packed(folder: string): State | null {
  try {
    return packState(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
