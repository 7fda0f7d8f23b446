import { median } from '../numbers/statistics.js';
import type { Exit } from './measure.js';
import type { Setting, Trial } from './results.js';

/** A setting over its draws: medians. */
export interface Summary extends Omit<Setting, 'draw'> {
  /** The output of the last layer, root mean square; the input's is 1. */
  activationRms: number;
  /** The gradient at the first layer's output; at the top it is 1. */
  gradientRms: number;
  largestSingularValue: number;
  /** Means over the layers. */
  dead: number;
  saturated: number;
  /** Of the last layer. */
  effectiveRank: number;
  /** Of the first draw. */
  exits: Trial['exits'];
}

/** One summary for each setting, in the order of the trials. */
export function summarize(trials: readonly Trial[]): Summary[] {
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    const key = `${trial.activation} ${settingName(trial)}`;
    groups.set(key, [...(groups.get(key) ?? []), trial]);
  }
  return [...groups.values()].map((draws) => {
    const middle = (value: (trial: Trial) => number): number => median(draws.map(value));
    const mean = (key: 'dead' | 'saturated') => (trial: Trial) =>
      trial.layers.reduce((sum, layer) => sum + layer[key] / trial.layers.length, 0);
    const { draw, layers, jacobians, ...setting } = draws[0];
    return {
      ...setting,
      activationRms: middle((t) => t.layers[t.depth - 1].activationRms),
      gradientRms: middle((t) => t.layers[0].gradientRms),
      largestSingularValue: middle((t) => t.jacobians[t.jacobians.length - 1].largestSingularValue),
      dead: middle(mean('dead')),
      saturated: middle(mean('saturated')),
      effectiveRank: middle((t) => t.layers[t.depth - 1].effectiveRank),
    };
  });
}

/** A setting without its activation: 'depth 50, width 128, he, residual'. */
export function settingName({ depth, width, initialization, residual, layerNorm }: Omit<Setting, 'draw'>): string {
  const parts = [`depth ${depth}`, `width ${width}`, initialization];
  return [...parts, residual ? 'residual' : 'plain', ...(layerNorm ? ['layer norm'] : [])].join(', ');
}

/** 'vanishes at 12', '–' where it stays in the band. */
export function exitText(exit: Exit | null): string {
  return exit === null ? '–' : `${exit.how} at ${exit.depth}`;
}
