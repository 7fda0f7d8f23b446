import { percent, significant } from '../../console/figures.js';
import type { AccuracyResult, SpeedResult } from '../../implementations/types.js';
import { ACTIVATIONS } from '../../models/activations.js';
import type { TourFindings } from './report.js';

/** The tour in a few lines, and where to go from here. */
export function summary({ accuracy, speed, training }: TourFindings, report: string, again: string): string {
  return [
    'In short',
    ...accuracyLine(accuracy.results),
    ...speedLine(speed.results),
    `  test error:  ${training.map((r) => `${ACTIVATIONS[r.activation].label} ${percent(r.test.error)}`).join(', ')}; one seed, no ranking (gelu-lab study)`,
    `  Report: ${report}`,
    `  The same again: ${again}`,
    '  Next: gelu-lab plot gelu relu · gelu-lab page · gelu-lab audit ./my.mjs#gelu',
  ].join('\n');
}

type Named = Pick<AccuracyResult, 'implementation' | 'form'>;
const isOurs = ({ implementation }: Named): boolean => implementation.endsWith('(this library)');
const isCore = ({ implementation }: Named): boolean => implementation === 'gelu (this library)';
const isExact = ({ form }: Named): boolean => form.split(' ')[0] === 'none';

/** '1.7e7 (TensorFlow.js cpu)'; an error without end is a NaN. */
const ulps = ({ worstUlp, implementation }: AccuracyResult): string =>
  `${worstUlp === Infinity ? 'NaN' : significant(worstUlp)} (${implementation})`;

function accuracyLine(results: readonly AccuracyResult[]): string[] {
  const worst = (of: readonly AccuracyResult[]): number => Math.max(...of.map(({ worstUlp }) => worstUlp));
  const others = results.filter((r) => isExact(r) && !isOurs(r)).sort((a, b) => a.worstUlp - b.worstUlp);
  if (others.length === 0) return [];
  const [best, last] = [others[0], others[others.length - 1]];
  return [
    `  worst error: this library ${significant(worst(results.filter(isCore)))} ULP (all forms); others ${ulps(best)} to ${ulps(last)}`,
  ];
}

function speedLine(results: readonly SpeedResult[]): string[] {
  const fastest = new Map<string, number>();
  for (const { implementation, gelemPerSecond } of results.filter((r) => isExact(r) && (isCore(r) || !isOurs(r))))
    fastest.set(implementation, Math.max(gelemPerSecond, fastest.get(implementation) ?? 0));
  const rows = [...fastest].sort(([, a], [, b]) => b - a);
  return rows.length === 0
    ? []
    : [`  Gelem/s:     ${rows.map(([name, value]) => `${name} ${significant(value)}`).join(', ')}`];
}
