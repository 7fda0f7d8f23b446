import { activationNamed } from '../console/activation-spec.js';
import { activationArms } from './arms.js';
import { DEAD, ERROR, LOSS, MNIST, STEPS_PER_EPOCH, TRAIN_LOSS } from './mnist.js';
import type { Study } from './types.js';

/** As `models/activations` names it, which loads a framework. */
const FRAMEWORK = 'framework/gelu';

/** Does it matter in training which of its forms a GELU has, and how it is computed? */
export const forms: Study = {
  ...MNIST,
  name: 'forms',
  title: 'The forms of GELU, and one as frameworks compute it',
  about:
    'The network and training of the study mnist at a learning rate of 10⁻³: the exact form, the tanh and the sigmoid form, each as this library computes it, and ½·x·(1 + erf(x/√2)) of float32 operations of jax-js, which is 0 below about −5, as in most frameworks; ReLU for comparison. The same seeds give the same first weights and batches.',
  activations: ['gelu', 'gelu:approximate=tanh', 'gelu:approximate=sigmoid', FRAMEWORK, 'relu'],
  check: async (activation) => {
    if (activation !== FRAMEWORK) activationNamed(activation);
  },
  comparesTime: true,
  arms: (activations) =>
    activationArms(activations, { rate: [1e-3] }).map((arm, i) =>
      activations[i] === FRAMEWORK ? { ...arm, name: 'GELU of ½x(1 + erf)' } : arm,
    ),
  full: { ...MNIST.full, steps: 10 * STEPS_PER_EPOCH },
  measures: [ERROR, LOSS, TRAIN_LOSS, DEAD],
};
