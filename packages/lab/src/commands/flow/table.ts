import { significant } from '../../console/figures.js';
import { textTable } from '../../console/text-table.js';
import type { FlowResults } from '../../flow/results.js';
import { exitText, type Summary, settingName, summarize } from '../../flow/summary.js';

const HEADINGS = ['activation', 'output', 'gradient', 'Jacobian', 'dead', 'saturated', 'rank', 'output', 'gradient'];

/** The results as text, one table for each setting. */
export function flowTable({ trials, config: { band } }: FlowResults): string {
  return `${tables(trials)
    .map(([name, rows]) => `${name}\n${textTable([HEADINGS, ...rows.map(cells)], 1)}`)
    .join('\n\n')}

Root mean square of the last layer's output (input: 1) and of the gradient at the first layer (top: 1); largest singular
value of the Jacobian; shares of units; effective rank of the last output; the layer at which each leaves ${band.map(significant).join(' … ')}.`;
}

/** The summaries by setting. */
export function tables(trials: FlowResults['trials']): [name: string, rows: Summary[]][] {
  const groups = new Map<string, Summary[]>();
  for (const row of summarize(trials)) groups.set(settingName(row), [...(groups.get(settingName(row)) ?? []), row]);
  return [...groups];
}

/** What both tables show, as text. */
export function cells(s: Summary): string[] {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  return [
    s.label,
    significant(s.activationRms),
    significant(s.gradientRms),
    significant(s.largestSingularValue),
    percent(s.dead),
    percent(s.saturated),
    Number.isNaN(s.effectiveRank) ? '–' : s.effectiveRank.toFixed(1),
    exitText(s.exits.activation),
    exitText(s.exits.gradient),
  ];
}
