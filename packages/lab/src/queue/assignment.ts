import { isDeepStrictEqual } from 'node:util';
import { activationNamed } from '../console/activation-spec.js';
import { DataError, UsageError } from '../console/errors.js';
import { studyNamed } from '../studies/index.js';
import type { Study } from '../studies/types.js';
import type { JobData, RunInfo } from './messages.js';

/** The study of a run, if this program has it. @throws DataError if not, or if it does not compare such things. */
export async function studyOf({ study: name, activations }: RunInfo): Promise<Study> {
  try {
    const study = studyNamed(name);
    if (activations.length > 64 || activations.some(({ length }) => length > 200))
      throw new UsageError('too many activations');
    for (const activation of activations) study.check ? await study.check(activation) : activationNamed(activation);
    return study;
  } catch (error) {
    if (error instanceof UsageError || error instanceof RangeError) throw new DataError(error.message);
    throw error;
  }
}

/** Makes sure that a job is a trial that the study could have planned: nothing else is run. @throws DataError if it is none. */
export function requirePlanned(
  study: Study,
  { activations, stepCosts }: RunInfo,
  { id, settings, steps }: JobData,
): void {
  const { seed, ...rest } = settings;
  const arm = study
    .arms(activations, stepCosts)
    .find(({ grid }) => grid.some((choice) => isDeepStrictEqual({ ...choice }, rest)));
  const { full } = study;
  if (!(Number.isInteger(seed) && Number(seed) >= 1 && Number(seed) <= full.seeds) || arm === undefined)
    throw new DataError(`${id} is no trial of the study ${study.name}`);
  const factors = study.arms(activations, stepCosts).map(({ stepsFactor = 1 }) => stepsFactor);
  if (steps > Math.max(1, Math.round(full.steps * Math.max(...factors))))
    throw new DataError(`${id}: ${steps} steps are more than the study ${study.name} has`);
}
