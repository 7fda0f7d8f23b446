import { DataError } from '../console/errors.js';
import { requirePlanned, studyOf } from './assignment.js';
import type { DataFinder } from './find-data.js';
import type { Requirement, RunInfo } from './messages.js';
import { runTrial } from './run-trial.js';
import type { Runner } from './running.js';

/** What a worker brings to every study. */
export interface Means {
  me: Requirement;
  finder: DataFinder;
  scratch: string;
  checkpointSeconds: number;
}

/**
 * How this machine runs the trials of a study.
 * @throws DataError that says why it does not: another version, other bits, a study that it does not know, data that it lacks.
 */
export async function admit(info: RunInfo, { me, finder, scratch, checkpointSeconds }: Means): Promise<Runner> {
  if (info.version !== me.version) throw new DataError(`it is of ${info.version}; this worker is ${me.version}`);
  if (info.bits !== me.bits)
    throw new DataError(
      `the self-test of this machine (Node ${process.version}, ${process.arch}) gives other bits, so its trials would have other results`,
    );
  const study = await studyOf(info);
  const data = await finder.find(study.dataSet, info.data);
  return {
    check: (job) => requirePlanned(study, info, job),
    start: (job, state) => runTrial(scratch, { study: study.name, data }, job, state, checkpointSeconds),
  };
}
