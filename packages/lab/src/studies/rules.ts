import type { Arm } from './arm.js';
import type { Scale, Study } from './types.js';

/** How a study chooses and judges: written into its config.json before the first trial, and printed in its report. */
export function rulesOf(study: Study, arms: readonly Arm[], scale: Scale): string[] {
  const chosen = arms.some(({ grid }) => grid.length > 1);
  const [{ title, moreIsBetter = false }] = study.measures;
  return [
    ...(chosen ? [choiceRule(study, scale)] : []),
    `Judged by ${title} at the last step, on ${study.judgedBy ?? 'test'} data; ${moreIsBetter ? 'more' : 'less'} is better. A trial that diverges counts as the worst there is, one that fails is left out.`,
    `Compared within each group: its first arm with each of the others, the same seeds in pairs; the mean of the differences with its 95 % interval.`,
    `A difference counts if it holds at 5 % over all comparisons by the same measure (Holm 1979). The other measures are shown alike; the study is not judged by them.`,
  ];
}

/** The rules of a study that goes on to a larger scale: what they were, and what came after results could be seen. */
export function extended(
  before: readonly string[] | undefined,
  after: readonly string[],
  share: string,
): readonly string[] | undefined {
  if (before === undefined) return undefined;
  const changed = after.filter((rule) => !before.includes(rule));
  return [
    ...before,
    `Decided when results could be seen: to go on to ${share}.`,
    ...changed.map((r) => `From then on: ${r}`),
  ];
}

function choiceRule(study: Study, { choosingSeeds, choosingSteps }: Scale): string {
  if (choosingSeeds === 0) return 'Of the settings of an arm the usual one is taken, whatever the data say.';
  const seeds = choosingSeeds === 1 ? 'the first seed' : `the median of ${choosingSeeds} seeds`;
  return `Of the settings of an arm the one is taken with the least ${study.select} after ${choosingSteps} steps, by ${seeds}; of equals the first.`;
}
