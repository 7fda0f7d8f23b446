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

/** A table of `rows`, places with all their digits (17 at most); the second error is left out where it is the first. */
export function formatWorst(rows: readonly Worst[]): string {
  const head = 'form     order  range            points  worst ULP  at x                     of addend  at x';
  const lines = rows.map((w) => {
    const line = [
      w.form.padEnd(7),
      String(w.order).padStart(6),
      ` ${w.range.padEnd(11)}`,
      String(w.points).padStart(11),
      ulpText(w.ulp).padStart(10),
      ` ${String(w.ulpAt).padEnd(24)}`,
    ];
    if (w.order > 0) line.push(ulpText(w.addendUlp).padStart(9), ` ${w.addendUlpAt}`);
    return line.join(' ').trimEnd();
  });
  return [head, '─'.repeat(head.length + 20), ...lines].join('\n');
}

function ulpText(ulp: number): string {
  return ulp === 0 || (ulp >= 1e-3 && ulp < 1e5) ? ulp.toFixed(4) : ulp.toExponential(2);
}
