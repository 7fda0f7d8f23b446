import { textTable } from '../../console/text-table.js';
import { RANGES, type Worst } from './measure.js';

/** The worst of each form, order and range in `parts`, in a fixed order. */
export function merge(parts: readonly Worst[]): Worst[] {
  const merged = new Map<string, Worst>();
  for (const part of parts) {
    const key = `${part.form} ${part.order} ${part.range}`;
    const seen = merged.get(key);
    merged.set(key, seen === undefined ? part : combine(seen, part, part.range));
  }
  const rank = (w: Worst) => w.order * 100 + RANGES.indexOf(w.range);
  const forms = [...new Set(parts.map(({ form }) => form))];
  return forms.flatMap((form) => [...merged.values()].filter((w) => w.form === form).sort((a, b) => rank(a) - rank(b)));
}

/** The worst of each form and order over all ranges. */
export function overall(ranges: readonly Worst[]): Worst[] {
  const merged = new Map<string, Worst>();
  for (const part of ranges) {
    const key = `${part.form} ${part.order}`;
    merged.set(key, combine(merged.get(key) ?? { ...part, points: 0 }, part, 'all'));
  }
  return [...merged.values()];
}

function combine(a: Worst, b: Worst, range: string): Worst {
  const plain = b.ulp > a.ulp ? b : a;
  const addend = b.addendUlp > a.addendUlp ? b : a;
  return {
    form: a.form,
    order: a.order,
    range,
    points: a.points + b.points,
    ulp: plain.ulp,
    ulpAt: plain.ulpAt,
    addendUlp: addend.addendUlp,
    addendUlpAt: addend.addendUlpAt,
  };
}

/** The ranges that break the bound: 1 ULP of the result, at the very root of a derivative of its larger addend. */
export function failures(ranges: readonly Worst[], bound = 1): Worst[] {
  return ranges.filter(({ range, ulp, addendUlp }) => !((range === 'at root' ? addendUlp : ulp) <= bound));
}

const HEADINGS = ['function', 'range', 'points', 'worst ULP', 'at x', 'of addend'];

/** A table of `rows`, places with all their digits (17 at most); derivatives have as many primes as their order. */
export function formatWorst(rows: readonly Worst[], width?: number): string {
  const cells = rows.map((w) => [
    w.form + "'".repeat(w.order),
    w.range,
    String(w.points),
    ulpText(w.ulp),
    String(w.ulpAt),
    w.order > 0 ? ulpText(w.addendUlp) : '',
  ]);
  return textTable([HEADINGS, ...cells], 2, width);
}

function ulpText(ulp: number): string {
  return ulp === 0 || (ulp >= 1e-3 && ulp < 1e5) ? ulp.toFixed(4) : ulp.toExponential(2);
}
