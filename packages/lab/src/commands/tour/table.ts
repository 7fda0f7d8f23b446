import { textTable } from '../../console/text-table.js';
import { ACTIVATIONS } from '../../models/activations.js';
import type { TrainingResult } from './results.js';

const HEADINGS = ['activation', 'train loss', 'test loss', 'test error', 'ms/step', 'grad first', 'grad last', 'dead'];

/** The results of the training as a table. */
export function formatTraining(results: readonly TrainingResult[]): string {
  const rows = results.map((r) => [
    ACTIVATIONS[r.activation].label + (r.divergedAt === null ? '' : ` (diverged at step ${r.divergedAt})`),
    r.train.loss.toFixed(4),
    r.test.loss.toFixed(4),
    `${(100 * r.test.error).toFixed(2)} %`,
    r.msPerStep.toFixed(1),
    r.lastGradientNorms[0].toFixed(3),
    r.lastGradientNorms[r.lastGradientNorms.length - 1].toFixed(3),
    `${(100 * r.deadUnits).toFixed(1)} %`,
  ]);
  return textTable([HEADINGS, ...rows], 1);
}
