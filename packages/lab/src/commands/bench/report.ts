import type { Environment } from '../../run/environment.js';
import type { Axes } from './axes.js';
import type { CallCost } from './calls.js';
import type { GPUTable } from './gpu.js';
import type { Table } from './sizes.js';
import type { StepTable } from './training.js';

/** What `gelu-lab bench` measures; parts that were not asked for are undefined. */
export interface BenchReport {
  environment: Environment;
  tables: Table[] | undefined;
  native: Table[] | undefined;
  calls: CallCost[] | undefined;
  steps: StepTable[] | undefined;
  axes: Axes | undefined;
  gpu: GPUTable | { reason: string } | undefined;
}
