/** An axis: what it spans, its ticks in ascending order, and how they read. */
export interface Axis {
  domain: [low: number, high: number];
  ticks: number[];
  labels: string[];
}

interface AxisOptions {
  log?: boolean;
  /** Whole numbers only. */
  integer?: boolean;
  /** Widens the domain to the next ticks. */
  nice?: boolean;
}

/** Steps between ticks are such that about this many fit. */
const WANTED = 6;
const MOST = 9;

/** An axis with 2 to 9 ticks over finite numbers, in any order; a logarithmic one over those above 0. */
export function axisOf(
  values: readonly number[],
  { log = false, integer = false, nice = false }: AxisOptions = {},
): Axis {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value) || (log && value <= 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) [low, high] = [log ? 0.1 : -1, log ? 10 : 1];
  if (low === high) [low, high] = widened(low, log);
  if (log) return labelled([low, high], logTicks(low, high));
  const { step, ticks } = linearTicks(low, high, integer);
  if (!nice) return labelled([low, high], ticks);
  const around = [Math.floor(low / step), Math.ceil(high / step)].map((k) => multiple(k, step));
  const wide = [...new Set([around[0], ...ticks, around[1]])];
  const rising = wide.every((tick, i) => Number.isFinite(tick) && (i === 0 || tick > wide[i - 1]));
  if (!rising || wide.length > MOST || wide[0] > low || wide[wide.length - 1] < high)
    return labelled([low, high], ticks);
  return labelled([wide[0], wide[wide.length - 1]], wide);
}

/** Room around a single value. */
function widened(value: number, log: boolean): [number, number] {
  if (log) return [Math.max(value / 10, Number.MIN_VALUE), Math.min(value * 10, Number.MAX_VALUE)];
  const room = Math.max(1, Math.abs(value) * 1e-3);
  return [Math.max(value - room, -Number.MAX_VALUE), Math.min(value + room, Number.MAX_VALUE)];
}

/** Multiples of 1, 2 or 5 times a power of ten; the ends, where numbers are too coarse for that. */
function linearTicks(low: number, high: number, integer = false): { step: number; ticks: number[] } {
  const raw = high / WANTED - low / WANTED;
  const power = Math.floor(Math.log10(raw));
  const sizes = [1, 2, 5, 10, 20].map((factor) => Number(`${factor}e${power}`));
  const fitting = sizes.find((size) => size >= raw) ?? raw;
  const step = integer ? Math.max(1, fitting) : fitting;
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step); k <= high / step && ticks.length <= MOST; k++) ticks.push(multiple(k, step));
  const inside = [...new Set(ticks)].filter((tick) => tick >= low && tick <= high);
  return { step, ticks: inside.length >= 2 && inside.length <= MOST ? inside : [low, high] };
}

/** k·step, without the rounding of the product: 3·0.1 is 0.3. */
function multiple(k: number, step: number): number {
  return Number((k * step).toPrecision(15)) || 0; // never −0
}

/** Powers of ten; over less than two decades also 2 and 5 times them, over less than one what a linear axis has. */
function logTicks(low: number, high: number): number[] {
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const step = Math.max(1, Math.ceil((to - from) / (MOST - 1)));
  const factors = to - from < 2 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = Math.floor(from); power <= to; power++)
    if (power % step === 0) ticks.push(...factors.map((factor) => Number(`${factor}e${power}`)));
  const inside = ticks.filter((tick) => tick >= low && tick <= high);
  return inside.length >= 2 && inside.length <= MOST ? inside : linearTicks(low, high).ticks;
}

/** With as few digits as tell the ticks apart and place each where it is. */
function labelled(domain: [number, number], ticks: number[]): Axis {
  const gap = Math.min(...ticks.slice(1).map((tick, i) => tick - ticks[i]));
  const exact = (digits: number): boolean =>
    ticks.every((tick) => Math.abs(Number(tick.toPrecision(digits)) - tick) <= Math.min(gap, Number.MAX_VALUE) * 1e-3);
  let digits = 1;
  while (digits < 17 && !exact(digits)) digits++;
  return { domain, ticks, labels: ticks.map((tick) => tickLabel(Number(tick.toPrecision(digits)))) };
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 0.02, 12000, 10⁶, −2.5·10⁻⁷ */
function tickLabel(value: number): string {
  const [mantissa, exponent] = value.toExponential().split('e');
  const power = Number(exponent);
  if (value === 0 || (power >= -3 && power <= 4)) return String(value).replace('-', '−');
  const raised = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  const factor = mantissa === '1' ? '' : mantissa === '-1' ? '−' : `${mantissa.replace('-', '−')}·`;
  return `${factor}10${power < 0 ? '⁻' : ''}${raised}`;
}
