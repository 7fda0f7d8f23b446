/** Three significant digits, short. */
export function significant(x: number): string {
  if (!Number.isFinite(x)) return minus(String(x).replace('Infinity', '∞'));
  const size = Math.abs(x);
  const text = x === 0 || (size >= 1e-3 && size < 1e5) ? String(Number(x.toPrecision(3))) : x.toExponential(1);
  return minus(text.replace('e+', 'e'));
}

/** With the sign that is as wide as a plus. */
export function minus(text: string): string {
  return text.replaceAll('-', '−');
}

/** A share as per cent, three digits. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(share < 0.1 ? 2 : 3))} %`;
}

/** A number of things, grouped; two digits of a fraction below 10. */
export function count(n: number): string {
  return Number(n.toFixed(n < 10 ? 2 : 0)).toLocaleString('en');
}

/** '90 s', '12 min', '3.5 h' */
export function duration(seconds: number): string {
  if (seconds < 120) return `${Math.ceil(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
