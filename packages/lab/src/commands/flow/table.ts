import { significant } from '../../console/figures.js';
import { textTable } from '../../console/text-table.js';
import type { FlowResults } from '../../flow/results.js';
import { exitText, type Summary, settingName, summarize } from '../../flow/summary.js';
import { stripsText, theoryText } from './theory-text.js';

const HEADINGS = ['activation', 'output', 'gradient', 'Jacobian', 'dead', 'saturated', 'rank', 'output', 'gradient'];

/** The results as text, one table for each setting. */
export function flowTable({ trials, config: { band } }: FlowResults): string {
  return `${tables(trials)
    .map(([name, rows]) => `${name}\n${textTable([HEADINGS, ...rows.map(cells)], 1)}\n\n${theoryText(rows)}`)
    .join('\n\n')}

Root mean square of the last layer's output (input: 1) and of the gradient at the first layer (top: 1); largest singular
value of the Jacobian; shares of units; effective rank of the last output; the layer at which each leaves ${band.map(significant).join(' … ')}.
Theory: mean-field, infinite width; weights: their standard deviation times √inputs.${strips(trials)}`;
}

/** The strips, where a stack is plain. */
function strips(trials: FlowResults['trials']): string {
  const plain = summarize(trials).filter(({ residual, layerNorm }) => !residual && !layerNorm);
  const depths = [...new Set(plain.map(({ depth }) => depth))];
  return depths
    .map(
      (depth) =>
        `\n\n${stripsText(
          plain.filter((row) => row.depth === depth),
          depth,
        )}`,
    )
    .join('');
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
