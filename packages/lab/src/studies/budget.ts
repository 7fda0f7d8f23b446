import { UsageError } from '../errors.js';
import type { Probe } from './config.js';
import type { Arm, Budget, Full, Scale } from './types.js';

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Seconds of '90s', '10m', '2.5h', '1d', or 'full'.
 * @throws UsageError for anything else.
 */
export function parseBudget(text: string): Budget {
  if (text === 'full') return 'full';
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
  const seconds = Number(digits) * UNITS[unit];
  if (!(seconds > 0)) throw new UsageError(`--budget must be a time like 90s, 10m or 2h, or 'full', got '${text}'`);
  return seconds;
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
 * What a smaller budget gives up, in this order: the choice on all seeds and all steps (one seed and a quarter of the steps
 * choose), steps down to a fifth, seeds down to three, steps down to a twentieth, the choice itself, steps down to the least.
 */
const RUNGS: readonly Rung[] = [
  { seeds: ALL, choosingSeeds: ALL, choosingShare: 1, least: 1 },
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
export function scaleFor(full: Full, arms: readonly Arm[], { msPerStep, msPerTrial }: Probe, ms: number): Scale {
  for (const rung of RUNGS) {
    // What one step of every trial costs, choosing included, gives the steps; rounding only makes it cheaper.
    const one = scaled(rung, full, 1, (x) => x);
    const left = ms - totalTrials(arms, one) * msPerTrial;
    const steps = Math.min(full.steps, left / (totalSteps(arms, one, full.extendable) * msPerStep));
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

/** How many trials there are at most. */
export function totalTrials(arms: readonly Arm[], { seeds, choosingSeeds }: Scale): number {
  return arms.reduce((sum, { grid }) => sum + seeds + (grid.length > 1 ? (grid.length - 1) * choosingSeeds : 0), 0);
}

/** The steps of all trials together. */
export function totalSteps(arms: readonly Arm[], scale: Scale, extendable: boolean): number {
  const { steps, seeds, choosingSteps, choosingSeeds } = scale;
  return arms.reduce((sum, { grid, stepsFactor = 1 }) => {
    const length = steps * stepsFactor;
    if (grid.length === 1 || choosingSeeds === 0) return sum + seeds * length;
    const choosing = grid.length * choosingSeeds * Math.min(choosingSteps, length);
    const shared = extendable || choosingSteps >= length ? choosingSeeds * Math.min(choosingSteps, length) : 0;
    return sum + choosing + seeds * length - shared;
  }, 0);
}
