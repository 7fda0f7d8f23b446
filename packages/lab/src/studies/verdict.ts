import { pairsFor, sizeFor } from '../numbers/paired.js';
import type { Comparison } from './compare.js';
import { valueText } from './text.js';
import type { Measure } from './types.js';

/** How the first arm came out against the other: 'alone' where the interval leaves out 0 but the family does not allow it. */
export type Outcome = 'better' | 'worse' | 'better alone' | 'worse alone' | 'open' | 'none';

export function outcomeOf(c: Comparison, { moreIsBetter = false }: Measure): Outcome {
  if (Number.isNaN(c.low) || Number.isNaN(c.high)) return 'none';
  if (c.low <= 0 && c.high >= 0) return 'open';
  const side = c.difference < 0 === !moreIsBetter ? 'better' : 'worse';
  return c.holds ? side : `${side} alone`;
}

/** What a comparison says, in words. */
export function verdict(c: Comparison, measure: Measure): string {
  const outcome = outcomeOf(c, measure);
  switch (outcome) {
    case 'none':
      return noInterval(c, measure);
    case 'open':
      return 'no difference beyond that between seeds';
    case 'better':
    case 'worse':
      return `${outcome === 'better' ? c.a : c.b} is better`;
    default:
      return `${outcome === 'better alone' ? c.a : c.b} is better taken alone, not as one of ${c.among} comparisons`;
  }
}

function noInterval({ seeds, difference, a, b }: Comparison, { moreIsBetter = false }: Measure): string {
  if (seeds < 2) return 'no interval from one seed';
  if (Number.isFinite(difference)) return 'no interval';
  if (Number.isNaN(difference)) return 'no interval: both diverge, with different seeds, or a value is missing';
  return `no interval: ${difference > 0 === !moreIsBetter ? a : b} diverges`;
}

/** '−0.12 % [−0.30 %, +0.05 %]: no difference beyond that between seeds' */
export function differenceText(c: Comparison, measure: Measure): string {
  const interval = Number.isNaN(c.low)
    ? ''
    : ` [${valueText(c.low, measure, true)}, ${valueText(c.high, measure, true)}]`;
  return `${valueText(c.difference, measure, true)}${interval}: ${verdict(c, measure)}`;
}

/** How many seeds such a difference takes, and what so many seeds can find, each in 4 of 5 studies; '' without an interval. */
export function powerText({ difference, deviation, seeds }: Comparison, measure: Measure): string {
  if (!(deviation > 0)) return '';
  const needed = pairsFor(difference, deviation);
  const many = Number.isFinite(needed) ? `${needed} seeds` : 'more than 1,000 seeds';
  const found = valueText(sizeFor(seeds, deviation), measure);
  return `a difference of ${valueText(Math.abs(difference), measure)} takes ${many}, ${seeds} seeds find one of ${found}`;
}
