import { timeOption } from '../../console/options.js';
import type { Arm } from '../../studies/arm.js';
import type { Probe } from '../../studies/config.js';
import { expectedTrials } from '../../studies/plan.js';
import type { Budget, Full, Planned, Scale, Trial } from '../../studies/types.js';

/** Seconds of a time, or 'full'. @throws UsageError for anything else. */
export function parseBudget(text: string): Budget {
  return text === 'full' ? 'full' : timeOption('budget', text, { or: "or 'full'" });
}

interface Rung {
  /** At most this many seeds. */
  seeds: number;
  choosingSeeds: number;
  /** The share of a trial's steps after which the choice is made. */
  choosingShare: number;
  /** The least share of the full steps; a budget that allows less goes to the next rung. */
  least: number;
}

const ALL = Number.POSITIVE_INFINITY;

/**
 * What a smaller budget gives up, in this order: the choice on all seeds (one chooses), the choice on all steps (a quarter
 * chooses), steps down to a fifth, seeds down to three, steps down to a twentieth, the choice itself, steps down to the least.
 */
const RUNGS: readonly Rung[] = [
  { seeds: ALL, choosingSeeds: ALL, choosingShare: 1, least: 1 },
  { seeds: ALL, choosingSeeds: 1, choosingShare: 1, least: 1 },
  { seeds: ALL, choosingSeeds: 1, choosingShare: 0.25, least: 0.2 },
  { seeds: 3, choosingSeeds: 1, choosingShare: 0.25, least: 0.05 },
  { seeds: 3, choosingSeeds: 0, choosingShare: 0, least: 0 },
];

/** Below this, nothing has been learnt that could be compared. */
const LEAST_STEPS = 30;

/** The whole experiment. */
export function fullScale({ steps, seeds }: Full): Scale {
  return { steps, seeds, choosingSteps: steps, choosingSeeds: seeds };
}

/** The largest scale whose trials take at most `ms` of one processor; at least the smallest one. */
export function scaleFor(study: Planned, arms: readonly Arm[], probe: Probe, ms: number): Scale {
  const { full } = study;
  for (const rung of RUNGS) {
    // Lengths grow in proportion; rounding only makes them cheaper.
    const trials = expectedTrials(
      study,
      arms,
      scaled(rung, full, full.steps, (x) => x),
    );
    const left = ms - trials.length * probe.msPerTrial;
    const steps = Math.min(full.steps, (full.steps * left) / (totalCost(trials) * probe.msPerStep));
    if (steps >= rung.least * full.steps) {
      return scaled(rung, full, Math.max(LEAST_STEPS, steps), (x) => whole(x, full.stepsPerEpoch));
    }
  }
  return scaled(RUNGS[RUNGS.length - 1], full, LEAST_STEPS, (x) => x);
}

function scaled(rung: Rung, full: Full, steps: number, round: (steps: number) => number): Scale {
  return {
    steps: round(steps),
    seeds: Math.min(rung.seeds, full.seeds),
    choosingSteps: round(rung.choosingShare * steps),
    choosingSeeds: Math.min(rung.choosingSeeds, full.seeds),
  };
}

/** Whole epochs, or whole steps below one. */
function whole(steps: number, stepsPerEpoch: number): number {
  return steps >= stepsPerEpoch ? Math.floor(steps / stepsPerEpoch) * stepsPerEpoch : Math.floor(steps);
}

/** What trials cost, in steps of the study's first arm. */
export function totalCost(trials: readonly Trial[]): number {
  return trials.reduce((sum, { cost }) => sum + cost, 0);
}

/** What trials take of one processor, in milliseconds. */
export function totalTime(trials: readonly Trial[], { msPerStep, msPerTrial }: Probe): number {
  return totalCost(trials) * msPerStep + trials.length * msPerTrial;
}
