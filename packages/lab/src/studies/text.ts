import { textTable } from '../console/text-table.js';
import type { Results } from './results.js';
import { differs, type Pace, TOO_WIDE } from './step-cost.js';
import type { ArmSummary, Comparison } from './summary.js';
import type { Arm, Full, Measure, Scale, Settings } from './types.js';

/** The part of the full experiment that a scale is: '20 of 50 epochs, 5 of 5 seeds, …'. */
export function shareText({ steps, seeds, stepsPerEpoch }: Full, arms: readonly Arm[], scale: Scale): string {
  const epochs = (n: number): string => count(n / stepsPerEpoch);
  const length =
    stepsPerEpoch === 1
      ? `${count(scale.steps)} of ${count(steps)} steps`
      : `${epochs(scale.steps)} of ${epochs(steps)} epochs (${count(scale.steps)} steps)`;
  const full = scale.steps === steps && scale.seeds === seeds && scale.choosingSeeds === seeds;
  const share = full ? 'the full experiment' : `${percent((scale.steps * scale.seeds) / (steps * seeds))} of its steps`;
  const choice = arms.some(({ grid }) => grid.length > 1) ? `; ${choiceText(scale, seeds)}` : '';
  return `${share}: ${length}, ${scale.seeds} of ${seeds} seeds${choice}`;
}

function choiceText({ choosingSeeds, choosingSteps, steps }: Scale, seeds: number): string {
  if (choosingSeeds === 0) return 'no choice of the learning rate, the usual one taken';
  if (choosingSeeds === seeds && choosingSteps === steps) return 'learning rates chosen on validation data at the end';
  return `learning rates chosen on validation data after ${count(choosingSteps)} steps with ${choosingSeeds === 1 ? 'the first seed' : `${choosingSeeds} seeds`}`;
}

/** A value of a measure with its unit: '2.05 %'; '–' for none, 'diverged' for ∞. */
export function shown(value: number, { factor, unit, digits }: Measure, signed = false): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return 'diverged';
  const number = (factor * value).toFixed(digits);
  const sign = signed && value >= 0 ? '+' : '';
  return `${sign}${number}${unit === '' ? '' : ` ${unit}`}`.replace('-', '−');
}

/** What was chosen, of what varied: 'learning rate 0.001, keep 0.5'. */
export function settingsText(settings: Settings | null): string {
  if (settings === null) return 'none';
  const names: Readonly<Record<string, string>> = { rate: 'learning rate' };
  const told = Object.entries(settings).filter(([key]) => !['activation', 'seed'].includes(key));
  return told.map(([key, value]) => `${names[key] ?? key} ${value}`).join(', ');
}

/** Whether the interval of a comparison leaves out 0, and which side is better. */
export function verdict({ a, b, low, high, seeds }: Comparison, { moreIsBetter = false }: Measure): string {
  if (seeds < 2 || Number.isNaN(low) || Number.isNaN(high)) return 'no interval';
  if (low <= 0 && high >= 0) return 'no difference beyond that between seeds';
  return `${high < 0 === !moreIsBetter ? a : b} is better`;
}

/** How sure the intervals are; see the test of the bootstrap. */
export const COVERAGE =
  'With few seeds such intervals are too narrow: of normally distributed results they hold the true difference in about 76 % of cases with 3 seeds, 87 % with 4, 93 % with 5.';

/** The outcome as text: a table of arms, and the differences. */
export function textReport(results: Results): string {
  const { measures, arms, comparisons, trials, paper, config, failures } = results;
  const headings = ['', 'chosen', ...measures.map((m) => m.title), ...(paper ? ['paper'] : []), 'ms/step', 'seeds'];
  const rows = arms.map((arm) => [
    armTitle(arm),
    settingsText(arm.settings),
    ...measures.map((m) => shown(arm.medians[m.key] ?? Number.NaN, m)),
    ...(paper ? [paperFigure(results, arm)] : []),
    Number.isNaN(arm.msPerStep) ? '–' : arm.msPerStep.toFixed(1),
    String(arm.seeds.length) + (arm.diverged > 0 ? ` (${arm.diverged} diverged)` : ''),
  ]);
  const costs = paceLines(config.pace ?? {});
  const differences = comparisons.flatMap((c) => {
    const measure = measures.find(({ key }) => key === c.measure)!;
    return `${measure.title}, ${c.a} − ${c.b}${c.group && ` (${c.group})`}: ${differenceText(c, measure)}`;
  });
  return [
    results.title,
    `run: ${results.share}`,
    '',
    textTable([headings, ...rows], 2),
    '',
    'medians over seeds; differences with 95 % bootstrap intervals:',
    ...differences,
    COVERAGE,
    ...choiceLines(results),
    ...(costs.length > 0 ? ['', ...costs] : []),
    ...(paper ? ['', `paper: ${paper.text}`] : []),
    ...failures.map(({ id, reason }) => `failed: ${id}: ${reason}`),
    ...(trials.diverged > 0 ? [`${trials.diverged} of ${trials.planned} trials diverged`] : []),
  ].join('\n');
}

/** The choices that more than one seed ran to the end with, where there are others than the one that was made. */
export function choiceLines({ arms, measures }: Results): string[] {
  const [measure] = measures;
  return arms.flatMap((arm) => {
    const tried = (arm.choices ?? []).filter(({ seeds }) => seeds > 1);
    const each = tried.map((c) => `${settingsText(c.settings)}: ${shown(c.medians[measure.key], measure)}`);
    return each.length > 1 ? [`${measure.title} of ${armTitle(arm)} by choice: ${each.join('; ')}`] : [];
  });
}

/** '−0.12 % [−0.30 %, +0.05 %]: no difference beyond that between seeds' */
export function differenceText(c: Comparison, measure: Measure): string {
  const interval = `[${shown(c.low, measure, true)}, ${shown(c.high, measure, true)}]`;
  return `${shown(c.difference, measure, true)} ${interval}: ${verdict(c, measure)}`;
}

/** What was found of the cost of a step, and of whom equal time cannot be told from equal steps. */
export function paceLines(pace: Pace): string[] {
  const [[first = '', { rounds = 0 } = {}] = [], ...others] = Object.entries(pace);
  if (others.length === 0) return [];
  const told = others.map(([name, cost]) => {
    const open = differs(cost) ? '' : ': equal time cannot be told from equal steps';
    return `${name}: ${cost.ratio.toFixed(3)} [${cost.low.toFixed(3)}, ${cost.high.toFixed(3)}]${open}`;
  });
  return [
    `cost of a step relative to ${first}'s, medians of ${rounds} rounds with 95 % intervals, which must leave out 1 and reach no further than ${percent(TOO_WIDE)}:`,
    ...told,
  ];
}

export function armTitle({ name, group }: ArmSummary): string {
  return group === '' ? name : `${name}, ${group}`;
}

/** The paper's figure for an arm, in the first measure's unit. */
export function paperFigure({ paper, measures }: Results, { name }: ArmSummary): string {
  const figure = paper?.figures[name];
  return figure === undefined ? '–' : shown(figure / measures[0].factor, measures[0]);
}

/** '90 s', '12 min', '3.5 h' */
export function duration(seconds: number): string {
  if (seconds < 120) return `${Math.ceil(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function count(n: number): string {
  return Number(n.toFixed(n < 10 ? 2 : 0)).toLocaleString('en');
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(share < 0.1 ? 2 : 3))} %`;
}
