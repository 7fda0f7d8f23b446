import { minus, significant } from '../console/figures.js';
import { textTable } from '../console/text-table.js';
import type { AccuracyResult, SpeedResult } from './types.js';

const HEADINGS = ['implementation', 'form', 'worst relative', 'worst ULP', '0 from', 'flushed', 'f(−∞)'];

/** The accuracy as a table, as wide as the screen or `width`. */
export function formatAccuracy(results: readonly AccuracyResult[], width?: number): string {
  const rows = results.map((r) => [
    r.implementation,
    r.form,
    `${significant(r.worstRelative)} at ${significant(r.worstRelativeAt)}`,
    significant(r.worstUlp),
    r.firstZero === null ? '–' : minus(r.firstZero.toFixed(2)),
    r.flushedShare === 0 ? '–' : `${(100 * r.flushedShare).toFixed(0)} %`,
    Object.is(r.atMinusInfinity, -0) ? '−0' : significant(r.atMinusInfinity),
    r.gradient === null ? '' : String(r.gradient.nanCount),
    r.gradient === null ? '' : significant(r.gradient.worstUlpOfLargerAddend),
  ]);
  return textTable([[...HEADINGS, "f' NaN", "f' ULP"], ...rows], 2, width);
}

/** The speed as a table, in 10⁹ elements a second, as wide as the screen or `width`. */
export function formatSpeed(results: readonly SpeedResult[], width?: number): string {
  const rows = results.map((r) => [
    r.implementation,
    r.version,
    r.form,
    r.gelemPerSecond.toFixed(4),
    r.median.toFixed(4),
    r.ratioToCopy.toFixed(4),
  ]);
  return textTable([['implementation', 'version', 'form', 'Gelem/s', 'median', 'of copy'], ...rows], 3, width);
}
