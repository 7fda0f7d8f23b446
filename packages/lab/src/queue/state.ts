import type { Connection } from './connect.js';
import { doneKey, endedKey, ownerKey, refusedKey } from './keys.js';
import { type Heartbeat, MOST, readRun } from './messages.js';
import { printable } from './printable.js';
import { queueOf } from './queue.js';
import { boundedHash, listRuns, listWorkers } from './runs.js';

/** A study in the queue, as its keys show it. */
export interface StudyState {
  run: string;
  study: string;
  /** Host and folder. */
  from: string;
  paused: boolean;
  /** The process that collects, null if none does now. */
  owner: string | null;
  /** Trials: those that wait in the queue, that run, that have ended over the queue, in all. */
  waiting: number;
  running: number;
  ended: number;
  trials: number;
  /** Why workers take none of it. */
  refused: string[];
}

/** All studies in the queue, and the workers that are alive. */
export async function queueState(
  connection: Connection,
): Promise<{ studies: StudyState[]; workers: Heartbeat[]; remark: string }> {
  const { redis, remark } = connection;
  const runs = [...(await listRuns(redis))];
  const studies = await Promise.all(runs.map(([run, json]) => studyState(connection, run, json)));
  const workers = await listWorkers(redis);
  return { studies, workers: workers.map((worker) => ({ ...worker, host: printable(worker.host) })), remark };
}

async function studyState(connection: Connection, run: string, json: string): Promise<StudyState> {
  const { redis } = connection;
  const queue = queueOf(connection, run);
  try {
    const [{ wait, active, prioritized, delayed }, paused] = await Promise.all([
      queue.getJobCounts('wait', 'active', 'prioritized', 'delayed'),
      queue.isPaused(),
    ]);
    const [owner, ended, done] = await Promise.all([
      redis.getrange(ownerKey(run), 0, 299),
      redis.scard(endedKey(run)),
      redis.scard(doneKey(run)),
    ]);
    const refused = await boundedHash(redis, refusedKey(run), MOST.run, /^[\w.-]{1,120}$/);
    const [host, pid] = owner.split(' ');
    return {
      run,
      ...described(json, run),
      paused,
      owner: owner === '' ? null : printable(`${host} ${pid}`),
      waiting: wait + prioritized + delayed,
      running: active,
      ended: ended + done,
      refused: [...refused].map(([worker, reason]) => `${worker}: ${printable(reason)}`),
    };
  } finally {
    await queue.close();
  }
}

function described(json: string, run: string): Pick<StudyState, 'study' | 'from' | 'trials'> {
  try {
    const { study, host, folder, trials } = readRun(json, run);
    return { study: printable(study), from: printable(`${host} ${folder}`), trials };
  } catch (error) {
    return { study: printable((error as Error).message), from: '?', trials: 0 };
  }
}
