import { describe, expect, test } from 'vitest';
import type { Arm } from '../../studies/arm.js';
import { depth } from '../../studies/depth.js';
import { gpt } from '../../studies/gpt.js';
import { expectedTrials } from '../../studies/plan.js';
import type { StepCost } from '../../studies/step-cost.js';
import type { Full, Planned, Scale } from '../../studies/types.js';
import { fullScale, parseBudget, scaleFor, totalCost, totalTime } from './budget.js';

const FULL: Full = { steps: 21_450, seeds: 5, stepsPerEpoch: 429, extendable: true };
const grid = [1e-3, 1e-4, 1e-5].map((rate) => ({ rate }));
const ARMS: Arm[] = ['gelu', 'relu', 'elu'].map((name) => ({ name, group: '', grid, usual: 0 }));

const PROBE = { msPerStep: 20, msPerTrial: 5000, checkpointBytes: 0 };
const STUDY: Planned = { select: 'validation.loss', full: FULL };
const cost = (scale: Scale): number => totalTime(expectedTrials(STUDY, ARMS, scale), PROBE);

test('reads times', () => {
  expect(['90', '10m', 'full'].map(parseBudget)).toEqual([90, 600, 'full']);
  for (const wrong of ['', 'm', 'ful']) expect(() => parseBudget(wrong)).toThrow("or 'full', got");
});

describe('the scale for a budget', () => {
  test('is the full experiment if that fits: 3 activations × 3 rates × 5 seeds × 50 epochs', () => {
    const trials = expectedTrials(STUDY, ARMS, fullScale(FULL));
    expect(totalCost(trials)).toBe(45 * 21_450);
    expect(trials).toHaveLength(45);
    expect(scaleFor(STUDY, ARMS, PROBE, cost(fullScale(FULL)))).toEqual(fullScale(FULL));
    expect(scaleFor(STUDY, ARMS, PROBE, cost(fullScale(FULL)) - 1)).not.toEqual(fullScale(FULL));
  });

  test('gives up, in turn, the full choice, steps, seeds, the choice', () => {
    const at = (share: number): Scale => scaleFor(STUDY, ARMS, PROBE, share * cost(fullScale(FULL)));
    expect(at(0.5)).toEqual({ steps: 21_450, seeds: 5, choosingSteps: 21_450, choosingSeeds: 1 });
    expect(at(0.4)).toEqual({ steps: 21_450, seeds: 5, choosingSteps: 12 * 429, choosingSeeds: 1 });
    expect(at(0.1)).toMatchObject({ seeds: 5, choosingSeeds: 1 });
    expect(at(0.04)).toMatchObject({ seeds: 3, choosingSeeds: 1 });
    expect(at(0.005)).toMatchObject({ seeds: 3, choosingSeeds: 0 });
    expect(at(0)).toEqual({ steps: 30, seeds: 3, choosingSteps: 0, choosingSeeds: 0 });
  });

  test('never exceeds what can be afforded, and uses most of it', () => {
    for (let seconds = 60; seconds < 40_000; seconds *= 1.1) {
      const used = cost(scaleFor(STUDY, ARMS, PROBE, seconds * 1000)) / 1000;
      expect(used).toBeLessThanOrEqual(seconds);
      // Whole epochs, each in 9 trials or more, and the gap between the full experiment and the next less.
      expect(used).toBeGreaterThan(Math.min(0.45 * seconds, 7000));
    }
  });
});

test('a trial that cannot be continued costs its choice again', () => {
  const scale = { steps: 100, seeds: 2, choosingSteps: 25, choosingSeeds: 1 };
  const costOf = (extendable: boolean): number =>
    totalCost(expectedTrials({ ...STUDY, full: { ...FULL, extendable } }, ARMS.slice(0, 1), scale));
  expect(costOf(true)).toBe(75 + 200 - 25);
  expect(costOf(false)).toBe(75 + 200);
});

test('what two arms share costs once', () => {
  const scale = { steps: 100, seeds: 3, choosingSteps: 25, choosingSeeds: 1 };
  const cost = (ratio: number): StepCost => ({ ratio, low: ratio, high: ratio, rounds: 100 });
  const costWith = (ratio: number): number =>
    totalCost(expectedTrials(gpt, gpt.arms(['gelu', 'relu'], { GELU: cost(1), ReLU: cost(ratio) }), scale));
  expect(costWith(1)).toBe(2 * (2 * 25 + 3 * 100));
  // In equal time ReLU takes longer, from the same choice.
  expect(costWith(0.5)).toBe(2 * (2 * 25 + 3 * 100) + 3 * 200);
});

test('a step of 64 layers costs more than one of 2', () => {
  const scale = { steps: 100, seeds: 1, choosingSteps: 0, choosingSeeds: 0 };
  const trials = expectedTrials(depth, depth.arms(['gelu'], {}), scale);
  // From each of the two starts.
  expect(trials.map(({ steps }) => steps)).toEqual(Array(10).fill(100));
  expect(trials[0].cost).toBe(100);
  expect(trials[8].cost).toBeGreaterThan(1500);
  expect(trials[9].cost).toBe(trials[8].cost);
});
