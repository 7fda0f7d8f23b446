import { median } from '../numbers/statistics.js';
import { activationArms } from './arms.js';
import { ERROR, LOSS, MNIST, prepareMnist, STEPS_PER_EPOCH } from './mnist.js';
import type { ArmSummary } from './outcome.js';
import type { Study } from './types.js';

/** Adam's rates, in half decades. */
const RATES = [1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1];
/** The loss of an even guess among ten digits: a network that ends above it has not been stable, if finite. */
const EVEN_GUESS = Math.log(10);

const STABLE = 'stableRate';

/** Stability: the largest learning rate that does not diverge. */
export const learningRate: Study = {
  ...MNIST,
  name: 'learning-rate',
  title: 'The largest learning rate that does not diverge',
  about: `The network and training of the study mnist for two epochs at Adam's rates ${RATES.join(', ')}. A trial diverges if its loss stops being finite or its test loss ends at or above that of an even guess, ln 10. For each seed the largest rate counts up to which no trial diverges.`,
  arms: (activations) =>
    RATES.flatMap((rate) =>
      activationArms(activations, { rate: [rate] }, `rate ${rate}`).map((arm) => ({ ...arm, tag: `rate-${rate}` })),
    ),
  full: { ...MNIST.full, steps: 2 * STEPS_PER_EPOCH },
  measures: [
    { key: STABLE, title: 'largest stable rate', factor: 1, unit: '', digits: 3, moreIsBetter: true },
    ERROR,
    LOSS,
  ],
  derive: (arms) => [...new Set(arms.map(({ name }) => name))].map((name) => largestStable(name, arms)),
  prepare: (settings, options) => prepareMnist(settings, options, async () => ({})),
};

/** The seeds of an activation that ran at every rate, each with the largest rate up to which it was stable; 0: with none. */
export function largestStable(name: string, arms: readonly ArmSummary[]): ArmSummary {
  const own = arms.filter((arm) => arm.name === name);
  const rateOf = (arm: ArmSummary): number => Number(arm.settings?.rate ?? Number.NaN);
  const rising = own.toSorted((a, b) => rateOf(a) - rateOf(b));
  const seeds = (own[0]?.seeds ?? []).filter((seed) => own.every((arm) => arm.seeds.includes(seed)));
  const rates = seeds.map((seed) => {
    const failed = rising.findIndex((arm) => !(arm.values.loss[arm.seeds.indexOf(seed)] < EVEN_GUESS));
    const stable = failed === -1 ? rising.length : failed;
    return stable === 0 ? 0 : rateOf(rising[stable - 1]);
  });
  return {
    name,
    group: '',
    settings: null,
    seeds,
    values: { [STABLE]: rates },
    medians: { [STABLE]: median(rates) },
    curves: {},
    msPerStep: Number.NaN,
    diverged: 0,
  };
}
