import { powerOfTen, short } from '../format.js';

/** From values to pixels and back; logarithmic where `log`. */
export interface Scale {
  readonly domain: readonly [number, number];
  readonly log: boolean;
  to(value: number): number;
  from(pixel: number): number;
}

/** `start` and `end` are the pixels of the ends of the domain. */
export function scale(domain: readonly [number, number], start: number, end: number, log = false): Scale {
  const bend = log ? Math.log10 : (v: number): number => v;
  const [low, high] = domain.map(bend);
  const factor = (end - start) / (high - low || 1);
  return {
    domain,
    log,
    to: (value) => start + (bend(value) - low) * factor,
    from: (pixel) => {
      const value = low + (pixel - start) / factor;
      return log ? 10 ** value : value;
    },
  };
}

/** About `count` round values of the domain with their texts. */
export function ticks({ domain: [low, high], log }: Pick<Scale, 'domain' | 'log'>, count: number): [number, string][] {
  return log ? logTicks(low, high, count) : linearTicks(low, high, count);
}

function linearTicks(low: number, high: number, count: number): [number, string][] {
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((s) => s >= rough * 0.999) ?? 10 * power;
  const found: [number, string][] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    const value = Number((i * step).toPrecision(12));
    found.push([value, short(value, 6)]);
  }
  return found;
}

function logTicks(low: number, high: number, count: number): [number, string][] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  if (last - first < 1) return linearTicks(low, high, count).filter(([value]) => value > 0);
  const step = Math.max(1, Math.ceil((last - first) / count));
  const found: [number, string][] = [];
  for (let power = first; power <= last; power++)
    if (power % step === 0) found.push([Number(`1e${power}`), powerOfTen(power)]);
  return found;
}

/** The domain moved by a share of itself and magnified around a value; a log domain by its powers. */
export function moved(
  domain: readonly [number, number],
  { by = 0, zoom = 1, around }: { by?: number; zoom?: number; around?: number },
): [number, number] {
  const [low, high] = domain;
  const middle = around ?? (low + high) / 2;
  const [from, to] = [middle + (low - middle) / zoom, middle + (high - middle) / zoom];
  return [from + by * (to - from), to + by * (to - from)];
}
