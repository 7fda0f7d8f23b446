import { percent } from '../console/figures.js';
import { coverageText } from '../numbers/coverage.js';
import type { Settings } from './arm.js';
import type { ArmSummary } from './outcome.js';
import type { Results } from './results.js';
import { differs, type StepCosts, stepCostText, TOO_WIDE } from './step-cost.js';
import type { Measure } from './types.js';

/** A value of a measure with its unit: '2.05 %'; '–' for none, 'diverged' for ∞. */
export function valueText(value: number, { factor, unit, digits }: Measure, signed = false): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return 'diverged';
  const number = (factor * value).toFixed(digits);
  const sign = signed && value >= 0 ? '+' : '';
  return `${sign}${number}${unit === '' ? '' : ` ${unit}`}`.replace('-', '−');
}

/** What was chosen, of what varied: 'learning rate 0.001, dropout 0.5'. */
export function settingsText(settings: Settings | null): string {
  if (settings === null) return 'none';
  const names: Readonly<Record<string, string>> = { rate: 'learning rate' };
  const chosen = Object.entries(settings).filter(([key]) => !['activation', 'seed'].includes(key));
  return chosen
    .map(([key, value]) => (key === 'keep' ? `dropout ${dropout(Number(value))}` : `${names[key] ?? key} ${value}`))
    .join(', ');
}

/** The probability that a unit is dropped, of that with which it is kept. */
const dropout = (keep: number): number => Number((1 - keep).toFixed(6));

/** The choices that more than one seed ran to the end with, where there are others than the one that was made. */
export function choiceLines({ arms, measures }: Results): string[] {
  const [measure] = measures;
  return arms.flatMap((arm) => {
    const tried = (arm.choices ?? []).filter(({ seeds }) => seeds > 1);
    const each = tried.map((c) => `${settingsText(c.settings)}: ${valueText(c.medians[measure.key], measure)}`);
    return each.length > 1 ? [`${measure.title} of ${armTitle(arm)} by choice: ${each.join('; ')}`] : [];
  });
}

/** What was found of the cost of a step, and of whom equal time is indistinguishable from equal steps. */
export function stepCostLines(costs: StepCosts): string[] {
  const [[first = '', { rounds = 0 } = {}] = [], ...others] = Object.entries(costs);
  if (others.length === 0) return [];
  const lines = others.map(([name, cost]) => {
    const open = differs(cost) ? '' : ': equal time is indistinguishable from equal steps';
    return `${name}: ${stepCostText(cost)}${open}`;
  });
  return [
    `cost of a step relative to ${first}'s, medians of ${rounds} rounds with 95 % intervals, which must leave out 1 and reach no further than ${percent(TOO_WIDE)}:`,
    ...lines,
  ];
}

/** What the intervals and verdicts rest on, for reports. */
export const METHOD: string = methodText('all comparisons by the same measure');

/** The same, where comparisons are judged together `over` others. */
export function methodText(over: string): string {
  return `Differences are means over the same seeds, with 95 % intervals of Student's kind, corrected for skewness. ${coverageText()} “Is better” is said of what holds at 5 % over ${over} (Holm 1979). What seeds can find is what they find in 4 of 5 studies.`;
}

/** How the study chose and judged, and whether that was written down before it ran. */
export function rulesHeading({ config: { rules } }: Results): string {
  return rules === undefined
    ? 'The rules were not written down before this study ran'
    : 'The rules, written down before the first trial';
}

export function armTitle({ name, group }: ArmSummary): string {
  return group === '' ? name : `${name}, ${group}`;
}

/** The paper's figure for an arm, in the first measure's unit. */
export function paperFigure({ paper, measures }: Results, { name }: ArmSummary): string {
  const figure = paper?.figures[name];
  return figure === undefined ? '–' : valueText(figure / measures[0].factor, measures[0]);
}
