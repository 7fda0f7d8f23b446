import { count, percent } from '../console/figures.js';
import type { Arm } from './arm.js';
import type { Full, Scale } from './types.js';

/** The part of the full experiment that a scale is: '20 of 50 epochs, 5 of 5 seeds, …'. */
export function shareText({ steps, seeds, stepsPerEpoch }: Full, arms: readonly Arm[], scale: Scale): string {
  const epochs = (n: number): string => count(n / stepsPerEpoch);
  const length =
    stepsPerEpoch === 1
      ? `${count(scale.steps)} of ${count(steps)} steps`
      : `${epochs(scale.steps)} of ${epochs(steps)} epochs (${count(scale.steps)} steps)`;
  const full = scale.steps === steps && scale.seeds === seeds && scale.choosingSeeds === seeds;
  const share = full ? 'the full experiment' : `${percent((scale.steps * scale.seeds) / (steps * seeds))} of its steps`;
  const choice = arms.some(({ grid }) => grid.length > 1) ? `; ${choiceText(scale, seeds)}` : '';
  return `${share}: ${length}, ${scale.seeds} of ${seeds} seeds${choice}`;
}

function choiceText({ choosingSeeds, choosingSteps, steps }: Scale, seeds: number): string {
  if (choosingSeeds === 0) return 'no choice of the learning rate, the usual one taken';
  if (choosingSeeds === seeds && choosingSteps === steps) return 'learning rates chosen on validation data at the end';
  return `learning rates chosen on validation data after ${count(choosingSteps)} steps with ${choosingSeeds === 1 ? 'the first seed' : `${choosingSeeds} seeds`}`;
}
