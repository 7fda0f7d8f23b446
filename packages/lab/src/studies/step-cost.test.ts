import { expect, test } from 'vitest';
import { random } from '../numbers/random.js';
import { gpt } from './gpt.js';
import { differs, measureStepCosts, type StepCosts, type Timed } from './step-cost.js';
import { stepCostLines } from './text.js';

const TRUE = { GELU: 400, ReLU: 387, ELU: 400 };
const compiling = 2;

/**
 * Times steps of known cost on a machine with another tenant: `noise` in each step, and times of several steps in which
 * everything takes up to twice as long, at random. The first steps of each are ten times as long.
 */
async function measured(seed: number, noise: number, limitMs: number): Promise<{ costs: StepCosts; ms: number }> {
  const { uniform, normal } = random(seed, 'machine');
  let ms = 0;
  let busy = 0;
  let load = 1;
  const timed = Object.entries(TRUE).map(([name, cost]): Timed => {
    let steps = 0;
    return {
      name,
      step: async () => {
        if (busy-- <= 0) {
          busy = Math.floor(8 * uniform());
          load = uniform() < 0.3 ? 1 + uniform() : 1;
        }
        const took = cost * load * Math.exp(noise * normal()) * (steps++ < compiling ? 10 : 1);
        ms += took;
        return took;
      },
    };
  });
  return { costs: await measureStepCosts(timed, limitMs, () => ms), ms };
}

test('on a busy machine the ratios are right, and their intervals hold the truth as often as they say', async () => {
  let held = 0;
  const seeds = 200;
  for (let seed = 0; seed < seeds; seed++) {
    const { costs } = await measured(seed, 0.03, 3_600_000);
    const { ratio, low, high } = costs.ReLU;
    const truth = TRUE.ReLU / TRUE.GELU;
    expect(Math.abs(ratio / truth - 1)).toBeLessThan(0.025);
    expect(high - low).toBeLessThan(0.02 * ratio + 1e-12);
    if (low <= truth && truth <= high) held++;
  }
  expect(held / seeds).toBeGreaterThan(0.9);
});

test('it ends at the limit, and a noisy ratio is told to say nothing', async () => {
  const { costs, ms } = await measured(1, 0.5, 60_000);
  expect(ms).toBeLessThan(60_000 + 3 * 10 * 400 * 12);
  expect(differs(costs.ReLU)).toBe(false);
  expect(stepCostLines(costs)[1]).toMatch(/^ReLU: .*equal time is indistinguishable from equal steps$/);
});

test('a difference is told only if the interval leaves out 1 and is narrow', () => {
  expect(differs({ ratio: 1.034, low: 1.03, high: 1.04, rounds: 50 })).toBe(true);
  expect(differs({ ratio: 0.97, low: 0.965, high: 0.98, rounds: 50 })).toBe(true);
  expect(differs({ ratio: 1.005, low: 0.999, high: 1.01, rounds: 50 })).toBe(false);
  expect(differs({ ratio: 1.2, low: 1.1, high: 1.3, rounds: 50 })).toBe(false);
  expect(stepCostLines({})).toEqual([]);
});

test('in equal time one whose step costs more takes as many fewer steps than the first', () => {
  const cost = (ratio: number, reach = 0) => ({ ratio, low: ratio - reach, high: ratio + reach, rounds: 50 });
  const costs = { GELU: cost(1), ReLU: cost(0.8), ELU: cost(1.25), SiLU: cost(1.005, 0.01), Mish: cost(1.2, 0.1) };
  const arms = gpt.arms(['gelu', 'relu', 'elu', 'silu', 'mish'], costs);
  const factors = arms.filter(({ group }) => group === 'equal time').map((arm) => arm.stepsFactor);
  expect(factors).toEqual([1, 1.25, 0.8, 1, 1]);
  expect(arms.filter(({ group }) => group === 'equal steps').map((arm) => arm.stepsFactor)).toEqual(Array(5));
});
