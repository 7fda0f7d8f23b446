import { median } from '../numbers/statistics.js';
import type { Arm } from './arm.js';
import { type Comparison, compareAll } from './compare.js';
import type { ArmSummary, TrialResult } from './outcome.js';
import { chosen, type Ended, fullTrials, judgedTrials, planTrials } from './plan.js';
import type { Measure, Scale, Study } from './types.js';

/** What a study found, from the results of its trials alone. */
export interface Summary {
  arms: ArmSummary[];
  comparisons: Comparison[];
  /** Trials that have ended, of those known to be needed. */
  trials: { done: number; planned: number; failed: number; diverged: number };
}

export function summarize(
  study: Study,
  arms: readonly Arm[],
  scale: Scale,
  ended: ReadonlyMap<string, Ended>,
): Summary {
  const own = arms.map((arm) => summarizeArm(study, arm, scale, ended));
  const summaries = [...(study.derive?.(own) ?? []), ...own];
  const planned = planTrials(study, arms, scale, ended);
  const ends = planned.map(({ id }) => ended.get(id));
  return {
    arms: summaries,
    comparisons: compareAll(summaries, study.measures),
    trials: {
      done: ends.filter((end) => end !== undefined && end !== 'failed').length,
      planned: planned.length,
      failed: ends.filter((end) => end === 'failed').length,
      diverged: ends.filter((end) => end !== undefined && end !== 'failed' && end.divergedAt !== null).length,
    },
  };
}

function summarizeArm(study: Study, arm: Arm, scale: Scale, ended: ReadonlyMap<string, Ended>): ArmSummary {
  const choice = chosen(study, arm, scale, ended);
  const judged = judgedTrials(study, arm, scale, ended);
  const values = valuesOf(study, judged);
  const results = judged.map(({ result }) => result);
  return {
    name: arm.name,
    group: arm.group,
    settings: choice === null ? null : arm.grid[choice],
    seeds: judged.map(({ trial }) => trial.seed),
    values,
    medians: mediansOf(values),
    curves: Object.fromEntries(
      study.curves.map(({ key }) => [
        key,
        medianCurve(
          results.map((r) => r.curve),
          key,
        ),
      ]),
    ),
    msPerStep: median(results.map((r) => r.msPerStep).filter(Number.isFinite)),
    diverged: results.filter((r) => r.divergedAt !== null).length,
    ...(arm.grid.length > 1 && {
      choices: arm.grid.map((settings, index) => {
        const trials = fullTrials(study, arm, index, scale, ended);
        return { settings, seeds: trials.length, medians: mediansOf(valuesOf(study, trials)) };
      }),
    }),
  };
}

/** By measure, one value a trial. */
function valuesOf(study: Study, trials: ReturnType<typeof fullTrials>): Record<string, number[]> {
  const value = ({ divergedAt, final }: TrialResult, measure: Measure): number =>
    divergedAt === null ? (final[measure.key] ?? Number.NaN) : worst(measure);
  return Object.fromEntries(study.measures.map((m) => [m.key, trials.map(({ result }) => value(result, m))]));
}

function mediansOf(values: Record<string, number[]>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([key, of]) => [key, median(of)]));
}

function worst({ moreIsBetter = false }: Measure): number {
  return moreIsBetter ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

type Curve = readonly Readonly<Record<string, number>>[];

function medianCurve(curves: readonly Curve[], key: string): [number, number][] {
  const at = curves.map((curve) => new Map(curve.map((point) => [point.step, point[key]])));
  const steps = [...(at[0]?.keys() ?? [])].filter((step) => at.every((curve) => Number.isFinite(curve.get(step))));
  return steps.map((step) => [step, median(at.map((curve) => curve.get(step)!))]);
}
