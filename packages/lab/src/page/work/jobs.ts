import { depthJob } from '../depth/job.js';
import { modelJob } from '../model/job.js';
import { raceJob, seedsJob } from '../race/job.js';
import { auditJob } from '../tail/audit-job.js';
import { tailJob } from '../tail/job.js';
import type { Job } from './types.js';

/** The jobs of the page's own program. */
export const JOBS: Readonly<Record<string, Job>> = {
  audit: auditJob,
  depth: depthJob,
  model: modelJob,
  race: raceJob,
  seeds: seedsJob,
  tail: tailJob,
};
