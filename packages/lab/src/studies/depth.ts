import { activationArms } from './arms.js';
import { DEAD, ERROR, LOSS, MNIST, prepareMnist, STEPS_PER_EPOCH } from './mnist.js';
import type { ArmSummary } from './outcome.js';
import { START_TEXT } from './start.js';
import type { Study } from './types.js';

const DEPTHS = [2, 8, 16, 32, 64];
const STARTS = ['critical', 'he'];
/** What a step costs beside its hidden layers, in hidden layers: measured, 5 to 118 ms for 2 to 64 of them. */
const REST = 1;

/** How deep a plain network can be: no residuals, no norms. */
export const depth: Study = {
  ...MNIST,
  name: 'depth',
  title: 'MNIST with ever deeper networks',
  about: `The network and training of the study MNIST, with ${DEPTHS.join(', ')} hidden layers of 128 units, without residual connections and normalization; learning rate 10⁻³ or 10⁻⁴; each at its own critical start and at He's. ${START_TEXT}`,
  arms: (activations) =>
    DEPTHS.flatMap((hidden) =>
      STARTS.flatMap((init) =>
        activationArms(
          activations,
          { rate: [1e-3, 1e-4], hidden: [hidden], init: [init] },
          `${hidden} layers, ${init} start`,
        ).map((arm) => ({
          ...arm,
          tag: `hidden-${hidden}-${init}`,
          stepCost: (hidden + REST) / (DEPTHS[0] + REST),
        })),
      ),
    ),
  full: { ...MNIST.full, steps: 10 * STEPS_PER_EPOCH },
  measures: [ERROR, LOSS, DEAD],
  derive: startsCompared,
  prepare: (settings, options) =>
    prepareMnist(settings, options, async (task, images, parameters) => ({
      dead: await task.deadUnits(parameters, images.test),
    })),
};

/** The first activation at its own start against the same at He's, by test error. */
export function startsCompared(arms: readonly ArmSummary[]): ArmSummary[] {
  const [first] = arms;
  return DEPTHS.flatMap((hidden) =>
    STARTS.flatMap((start) => {
      const own = arms.find(({ name, group }) => name === first?.name && group === `${hidden} layers, ${start} start`);
      if (own === undefined) return [];
      const values = { error: own.values.error ?? [] };
      const medians = { error: own.medians.error ?? Number.NaN };
      const { choices, ...rest } = own;
      return [{ ...rest, name: `${start} start`, group: `${own.name}, ${hidden} layers`, values, medians, curves: {} }];
    }),
  );
}
