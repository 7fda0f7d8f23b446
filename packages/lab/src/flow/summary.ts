import { median } from '../numbers/statistics.js';
import type { Exit } from './measure.js';
import type { Setting, Trial } from './results.js';

type Range = [least: number, largest: number];

/** A setting over its draws: medians. */
export interface Summary extends Omit<Setting, 'draw'> {
  /** The output of the last layer, root mean square; the input's is 1. */
  activationRms: number;
  /** The gradient at the first layer's output; at the top it is 1. */
  gradientRms: number;
  /** The least and the largest of the draws, and what theory has; NaN where an older run has none. */
  activationRange: Range;
  gradientRange: Range;
  theory: { activationRms: number; gradientRms: number };
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
    const { draw, layers, jacobians, theory, ...setting } = draws[0];
    const output = (t: Trial): number => t.layers[t.depth - 1].activationRms;
    const gradient = (t: Trial): number => t.layers[0].gradientRms;
    const range = (value: (t: Trial) => number): Range => [
      Math.min(...draws.map(value)),
      Math.max(...draws.map(value)),
    ];
    return {
      ...setting,
      activationRms: middle(output),
      gradientRms: middle(gradient),
      activationRange: range(output),
      gradientRange: range(gradient),
      theory: {
        activationRms: theory.activationRms[setting.depth - 1] ?? Number.NaN,
        gradientRms: theory.gradientRms[0] ?? Number.NaN,
      },
      largestSingularValue: middle((t) => t.jacobians[t.jacobians.length - 1].largestSingularValue),
      dead: middle(mean('dead')),
      saturated: middle(mean('saturated')),
      effectiveRank: middle((t) => t.layers[t.depth - 1].effectiveRank),
    };
  });
}

/** A setting without its activation: 'depth 50, width 128, he, gain forward, residual'; `gain` is missing in older runs. */
export function settingName(setting: Omit<Setting, 'draw' | 'gain'> & Partial<Pick<Setting, 'gain'>>): string {
  const { depth, width, initialization, gain = 1, residual, layerNorm } = setting;
  const parts = [`depth ${depth}`, `width ${width}`, initialization, ...(gain === 1 ? [] : [`gain ${gain}`])];
  return [...parts, residual ? 'residual' : 'plain', ...(layerNorm ? ['layer norm'] : [])].join(', ');
}

/** 'vanishes at 12', '–' where it stays in the band. */
export function exitText(exit: Exit | null): string {
  return exit === null ? '–' : `${exit.how} at ${exit.depth}`;
}
