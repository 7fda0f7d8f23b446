import { type Difference, holm, pairedDifference } from '../numbers/paired.js';
import type { ArmSummary } from './outcome.js';
import type { Measure } from './types.js';

/** The first arm of a group against another, by one measure: negative is less for the first. */
export interface Comparison extends Difference {
  measure: string;
  group: string;
  a: string;
  b: string;
  seeds: number;
  /** Whether it holds at 5 % over all comparisons that it is looked at with, of which there are `among`. */
  holds: boolean;
  among: number;
}

/** The first arm of each group against each of the others, by the seeds that both have; each measure is a family of its own. */
export function compareAll(arms: readonly ArmSummary[], measures: readonly Measure[]): Comparison[] {
  return measures.flatMap(({ key }) => judgedTogether(comparedBy(arms, key)));
}

/** The comparisons, judged as one family: those that are in it count against each other (Holm 1979). */
export function judgedTogether<T extends Difference>(family: readonly T[]): (T & { holds: boolean; among: number })[] {
  const kept = holm(family.map(({ p }) => p));
  return family.map((comparison, i) => ({ ...comparison, holds: kept[i], among: family.length }));
}

function comparedBy(arms: readonly ArmSummary[], key: string): Omit<Comparison, 'holds' | 'among'>[] {
  const firsts = new Map(arms.map((arm) => [arm.group, arms.find((other) => other.group === arm.group)!]));
  return arms.flatMap((b) => {
    const a = firsts.get(b.group)!;
    const shared = a.seeds.filter((seed) => b.seeds.includes(seed));
    const of = (arm: ArmSummary): number[] =>
      shared.map((seed) => arm.values[key]?.[arm.seeds.indexOf(seed)] ?? Number.NaN);
    if (a === b || shared.length === 0 || [...of(a), ...of(b)].every(Number.isNaN)) return [];
    const difference = pairedDifference(of(a), of(b));
    return [{ measure: key, group: b.group, a: a.name, b: b.name, seeds: shared.length, ...difference }];
  });
}
