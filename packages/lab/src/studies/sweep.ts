import type { ArmSummary } from './outcome.js';

/** One activation's results at each rate of a study whose groups are rates. */
export interface Sweep {
  name: string;
  points: { rate: number; median: number; diverged: number; seeds: number }[];
}

/** The whole curve of a measure over the rate, by activation; empty where groups are something else. */
export function sweepsOf(arms: readonly ArmSummary[], key: string): Sweep[] {
  const swept = arms.filter(({ group, settings }) => settings !== null && group === `rate ${settings.rate}`);
  return [...new Set(swept.map(({ name }) => name))].map((name) => ({
    name,
    points: swept
      .filter((arm) => arm.name === name)
      .map((arm) => {
        const values = arm.values[key] ?? [];
        const diverged = values.filter((value) => !Number.isFinite(value)).length;
        return { rate: Number(arm.settings!.rate), median: arm.medians[key], diverged, seeds: arm.seeds.length };
      })
      .sort((a, b) => a.rate - b.rate),
  }));
}

/** A row of a table: the median at each rate, and how many seeds diverged. */
export function sweepCells({ name, points }: Sweep): string[] {
  return [
    name,
    ...points.map(({ median, diverged, seeds }) => {
      const value = Number.isFinite(median) ? median.toFixed(3) : 'diverged';
      return diverged > 0 && Number.isFinite(median) ? `${value} (${diverged} of ${seeds} diverged)` : value;
    }),
  ];
}
