import { median, medianInterval } from '../numbers/statistics.js';

/** What a step costs, relative to one of the first arm: the median over the rounds and its 95 % interval. */
export interface StepCost {
  ratio: number;
  low: number;
  high: number;
  rounds: number;
}

/** The cost of a step with each arm's settings, the first arm's first. */
export type StepCosts = Readonly<Record<string, StepCost>>;

/** Something whose steps are timed. */
export interface Timed {
  name: string;
  /** Does a step, or some, and tells what one took. */
  step(): Promise<number>;
}

/** The first rounds compile. */
const COMPILING = 2;
/** So many rounds are needed for an interval of 95 %, and for order and outliers to balance. */
const LEAST = 10;
/** Rounds end when every interval reaches no further than this to either side. */
const SURE = 0.01;
/** Intervals that reach further than this to either side tell nothing of equal time. */
export const TOO_WIDE = 0.02;

/**
 * Times steps in rounds, forward and backward in turn, so that whatever else the machine does meets all alike: in each round the
 * ratio of each one's step to the first one's, then the median. Ends when all ratios are known to 1 %, or after `limitMs` of
 * `now`, but not before 10 rounds.
 */
export async function measureStepCosts(
  timed: readonly Timed[],
  limitMs: number,
  now: () => number = () => performance.now(),
): Promise<StepCosts> {
  const start = now();
  const ratios = timed.map((): number[] => []);
  for (let round = -COMPILING; ; round++) {
    const times: number[] = [];
    const order = timed.map((_, i) => (round % 2 === 0 ? i : timed.length - 1 - i));
    for (const i of order) times[i] = await timed[i].step();
    if (round < 0) continue;
    for (const [i, of] of ratios.entries()) of.push(times[i] / times[0]);
    if (round + 1 < LEAST) continue;
    const costs = ratios.map(costOf);
    if (costs.every((cost) => reach(cost) <= SURE) || now() - start > limitMs)
      return Object.fromEntries(costs.map((cost, i) => [timed[i].name, cost]));
  }
}

/** '1.249 [1.242, 1.262]' */
export function stepCostText({ ratio, low, high }: StepCost): string {
  return `${ratio.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

/** Whether the ratio is known well enough, and not 1, so that equal time is something else than equal steps. */
export function differs(cost: StepCost): boolean {
  return (cost.low > 1 || cost.high < 1) && reach(cost) <= TOO_WIDE;
}

/** How far the interval reaches from the ratio, relative to it. */
function reach({ ratio, low, high }: StepCost): number {
  return Math.max(high - ratio, ratio - low) / ratio;
}

function costOf(ratios: readonly number[]): StepCost {
  return { ratio: median(ratios), ...medianInterval(ratios), rounds: ratios.length };
}
