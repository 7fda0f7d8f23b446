import { textTable } from '../../console/text-table.js';
import type { Results } from '../../studies/results.js';
import { sweepCells, sweepsOf } from '../../studies/sweep.js';
import {
  armTitle,
  choiceLines,
  METHOD,
  paperFigure,
  rulesHeading,
  settingsText,
  stepCostLines,
  valueText,
} from '../../studies/text.js';
import { differenceText, powerText } from '../../studies/verdict.js';

/** The outcome as text: a table of arms, and the differences. */
export function textReport(results: Results): string {
  const { measures, arms, comparisons, trials, paper, config, failures } = results;
  const headings = ['', 'chosen', ...measures.map((m) => m.title), ...(paper ? ['paper'] : []), 'ms/step', 'seeds'];
  const rows = arms.map((arm) => [
    armTitle(arm),
    settingsText(arm.settings),
    ...measures.map((m) => valueText(arm.medians[m.key] ?? Number.NaN, m)),
    ...(paper ? [paperFigure(results, arm)] : []),
    Number.isNaN(arm.msPerStep) ? '–' : arm.msPerStep.toFixed(1),
    String(arm.seeds.length) + (arm.diverged > 0 ? ` (${arm.diverged} diverged)` : ''),
  ]);
  const costs = stepCostLines(config.stepCosts);
  const differences = comparisons.flatMap((c) => {
    const measure = measures.find(({ key }) => key === c.measure)!;
    const found = `${measure.title}, ${c.a} − ${c.b}${c.group && ` (${c.group})`}: ${differenceText(c, measure)}`;
    const power = powerText(c, measure);
    return power === '' ? [found] : [found, `  ${power}`];
  });
  return [
    results.title,
    `run: ${results.share}`,
    '',
    textTable([headings, ...rows], 2),
    '',
    ...sweep(results),
    'medians over seeds; differences:',
    ...differences,
    METHOD,
    '',
    `${rulesHeading(results)}${config.rules ? ':' : '.'}`,
    ...(config.rules ?? []).map((rule) => `- ${rule}`),
    ...choiceLines(results),
    ...(costs.length > 0 ? ['', ...costs] : []),
    ...(paper ? ['', `paper: ${paper.text}`] : []),
    ...failures.map(({ id, reason }) => `failed: ${id}: ${reason}`),
    ...(trials.diverged > 0 ? [`${trials.diverged} of ${trials.planned} trials diverged`] : []),
  ].join('\n');
}

/** Test loss over the learning rate, of a study whose groups are rates. */
function sweep({ arms }: Results): string[] {
  const sweeps = sweepsOf(arms, 'loss');
  if (sweeps.length === 0) return [];
  const headings = ['test loss by rate', ...sweeps[0].points.map(({ rate }) => String(rate))];
  return [textTable([headings, ...sweeps.map(sweepCells)], 1), ''];
}
