/**
 * What stands where in Redis. The engine's own keys begin with `gelu-lab:queue:RUN:`, one queue a study; beside them:
 *
 * | key | kind | what |
 * |---|---|---|
 * | gelu-lab:runs | hash | what each study asks of a worker, by its run |
 * | gelu-lab:run:RUN:state:JOB | hash | how far a trial is: step, the files to go on from, in the end result or failure |
 * | gelu-lab:run:RUN:ended | set | trials that have ended and whose result is not yet collected |
 * | gelu-lab:run:RUN:done | set | trials whose result is collected: whatever still comes of them counts for nothing |
 * | gelu-lab:run:RUN:owner | text, expires | the command that collects |
 * | gelu-lab:run:RUN:refused | hash | why a worker takes no trial of it |
 * | gelu-lab:run:RUN:cancelled | text, expires | that it is not wanted any more |
 * | gelu-lab:workers, gelu-lab:worker:W | set; text, expires | who is alive, and what it is at |
 */
const ROOT = 'gelu-lab';

/** The prefix of the engine's keys. */
export const PREFIX: string = `${ROOT}:queue`;
export const RUNS: string = `${ROOT}:runs`;
export const WORKERS: string = `${ROOT}:workers`;

export const workerKey = (worker: string): string => `${ROOT}:worker:${worker}`;
const runKey = (run: string, what: string): string => `${ROOT}:run:${run}:${what}`;
export const stateKey = (run: string, job: string): string => runKey(run, `state:${job}`);
export const endedKey = (run: string): string => runKey(run, 'ended');
export const doneKey = (run: string): string => runKey(run, 'done');
export const ownerKey = (run: string): string => runKey(run, 'owner');
export const refusedKey = (run: string): string => runKey(run, 'refused');
export const cancelledKey = (run: string): string => runKey(run, 'cancelled');
/** The pattern of the states of a run's trials. */
export const statePattern = (run: string): string => stateKey(run, '*');
