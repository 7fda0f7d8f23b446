import type { Settings } from './arm.js';

/** A point of a trial's learning curve: the step and what was measured then. */
export type CurvePoint = Readonly<Record<string, number>> & { readonly step: number };

/** What a trial leaves behind in result.json. */
export interface TrialResult {
  /** Steps done. */
  steps: number;
  /** The first step whose loss was not finite; training ended there. */
  divergedAt: number | null;
  curve: readonly CurvePoint[];
  /** Measured at the end. */
  final: Readonly<Record<string, number>>;
  /** The median of a step, in milliseconds. */
  msPerStep: number;
}

/** How one arm came out. */
export interface ArmSummary {
  name: string;
  group: string;
  /** The settings that validation data chose; null if none can be judged. */
  settings: Settings | null;
  /** The seeds behind the values, in order. */
  seeds: number[];
  /** By measure, one value a seed; diverged trials count as the worst there is (∞ or −∞). */
  values: Record<string, number[]>;
  medians: Record<string, number>;
  /** By line: the median over the seeds at each step that all of them have. */
  curves: Record<string, [step: number, value: number][]>;
  msPerStep: number;
  diverged: number;
  /** What each choice came to, over the seeds that ran to the end with it; of arms that have a choice. */
  choices?: Choice[];
}

export interface Choice {
  settings: Settings;
  seeds: number;
  medians: Record<string, number>;
}
