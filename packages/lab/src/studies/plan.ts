import { median } from '../numbers/statistics.js';
import type { Arm } from './arm.js';
import type { TrialResult } from './outcome.js';
import type { Planned, Scale, Trial } from './types.js';

/** What is known of a trial that has ended: its result, or that it failed. */
export type Ended = TrialResult | 'failed';

/**
 * The trials of a study, as far as they are settled by the results so far: first those that choose within each arm's grid,
 * then, once an arm's choice is made, those of its other seeds and the rest of its steps. A pure function of the results, so
 * a study that was interrupted goes on as if it had not been.
 */
export function planTrials(
  study: Planned,
  arms: readonly Arm[],
  scale: Scale,
  ended: ReadonlyMap<string, Ended>,
): Trial[] {
  return plan(study, arms, scale, (arm) => chosen(study, arm, scale, ended));
}

/** All trials that a study comes to, with the usual choices standing for those that will be made. */
export function expectedTrials(study: Planned, arms: readonly Arm[], scale: Scale): Trial[] {
  return plan(study, arms, scale, ({ usual }) => usual);
}

function plan(study: Planned, arms: readonly Arm[], scale: Scale, choiceOf: (arm: Arm) => number | null): Trial[] {
  const choosing = arms.flatMap((arm) => choosingTrials(study, arm, scale));
  const rest = arms.flatMap((arm) => {
    const choice = choiceOf(arm);
    return choice === null ? [] : seeds(scale.seeds).map((seed) => finalTrial(study, arm, choice, seed, scale));
  });
  // A trial that chooses and then goes on is one trial, with the larger number of steps.
  const byId = new Map([...choosing, ...rest].map((trial) => [trial.id, trial]));
  return [...byId.values()];
}

/** The trials by which an arm is judged, one a seed; none while its choice is open. */
export function judgedTrials(
  study: Planned,
  arm: Arm,
  scale: Scale,
  ended: ReadonlyMap<string, Ended>,
): { trial: Trial; result: TrialResult }[] {
  const choice = chosen(study, arm, scale, ended);
  return choice === null ? [] : fullTrials(study, arm, choice, scale, ended);
}

/** The trials of a choice that have run to their end. */
export function fullTrials(
  study: Planned,
  arm: Arm,
  choice: number,
  scale: Scale,
  ended: ReadonlyMap<string, Ended>,
): { trial: Trial; result: TrialResult }[] {
  return seeds(scale.seeds).flatMap((seed) => {
    const trial = finalTrial(study, arm, choice, seed, scale);
    const result = ended.get(trial.id);
    return result !== undefined && isDone(trial, result) && result !== 'failed' ? [{ trial, result }] : [];
  });
}

/** Whether nothing remains to be done for a trial. */
export function isDone(trial: Trial, ended: Ended | undefined): boolean {
  return ended !== undefined && (ended === 'failed' || ended.steps >= trial.steps || ended.divergedAt !== null);
}

/** How much of a trial is done: 0 … 1. */
export function shareDone(trial: Trial, ended: Ended | undefined): number {
  if (ended === undefined) return 0;
  return ended === 'failed' || isDone(trial, ended) ? 1 : ended.steps / trial.steps;
}

/** The index of the choice that validation data prefer, the usual one without any, null while it is open or all failed. */
export function chosen(study: Planned, arm: Arm, scale: Scale, ended: ReadonlyMap<string, Ended>): number | null {
  if (arm.grid.length === 1) return 0;
  if (scale.choosingSeeds === 0) return arm.usual;
  const trials = choosingTrials(study, arm, scale);
  if (!trials.every((trial) => isDone(trial, ended.get(trial.id)))) return null;
  const scores = arm.grid.map((_, choice) =>
    median(trials.filter((t) => t.choice === choice).map((t) => score(ended.get(t.id)!, study.select, t.steps))),
  );
  const best = Math.min(...scores);
  return best === Number.POSITIVE_INFINITY ? null : scores.indexOf(best);
}

/** The last value of a curve up to a step; ∞ where training failed or diverged before. */
function score(ended: Ended, key: string, steps: number): number {
  if (ended === 'failed' || (ended.divergedAt !== null && ended.divergedAt <= steps)) return Number.POSITIVE_INFINITY;
  const point = ended.curve.findLast((p) => p.step <= steps);
  const value = point?.[key] ?? Number.NaN;
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
}

function choosingTrials(study: Planned, arm: Arm, scale: Scale): Trial[] {
  if (arm.grid.length === 1) return [];
  const steps = Math.min(scale.choosingSteps, lengthOf(arm, scale));
  return arm.grid.flatMap((_, choice) =>
    seeds(scale.choosingSeeds).map((seed) => trial(study, arm, choice, seed, steps)),
  );
}

function finalTrial(study: Planned, arm: Arm, choice: number, seed: number, scale: Scale): Trial {
  return trial(study, arm, choice, seed, lengthOf(arm, scale));
}

function lengthOf({ stepsFactor = 1 }: Arm, { steps }: Scale): number {
  return Math.max(1, Math.round(steps * stepsFactor));
}

function trial(study: Planned, arm: Arm, choice: number, seed: number, steps: number): Trial {
  const own = arm.grid[choice];
  const varied = Object.keys(own).filter((key) => arm.grid.some((other) => other[key] !== own[key]));
  const parts = [
    arm.name,
    ...(arm.tag === undefined ? [] : [arm.tag]),
    ...varied.map((key) => `${key}-${own[key]}`),
    `seed-${seed}`,
    // Where a schedule depends on the number of steps, a short trial is no beginning of a long one.
    ...(study.full.extendable ? [] : [`steps-${steps}`]),
  ];
  return {
    id: parts
      .join('-')
      .toLowerCase()
      .replace(/[^a-z0-9.+-]+/g, '-'),
    arm: arm.name,
    seed,
    choice,
    settings: { ...own, seed },
    steps,
    cost: steps * (arm.stepCost ?? 1),
  };
}

function seeds(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}
