import { LabError } from '../../console/errors.js';
import { numberOption, timeOption } from '../../console/options.js';
import { type MlpShape, PAPER_SHAPE } from '../../models/mlp-shape.js';

/** What the tour does; all of it is written to config.json. */
export interface TourConfig {
  command: 'tour';
  seed: number;
  /** Seconds for the whole tour, unless the number of steps is given. */
  budget: number;
  accuracy: { points: number };
  speed: { elements: number; repeats: number };
  training: {
    data: 'MNIST';
    network: MlpShape;
    activations: readonly string[];
    optimizer: 'Adam';
    learningRate: number;
    batch: number;
    /** So many of the training images may be drawn. */
    examples: number;
    /** Steps for each activation; null until settled by the budget. */
    steps: number | null;
  };
}

/** What the user may choose, as given on the command line. */
export type TourChoices = {
  [name in 'seed' | 'budget' | 'examples' | 'epochs' | 'steps']?: string | undefined;
};

const TRAINING_IMAGES = 60_000;
const BATCH = 128;
const BUDGET = 110;

/**
 * The whole configuration for the user's choices. `epochs` or `steps` fix the length of the training, else the budget does.
 * @throws UsageError for a choice out of range.
 */
export function tourConfig(given: TourChoices): TourConfig {
  const whole = (name: keyof TourChoices, least: number, most: number, usual: number): number =>
    given[name] === undefined ? usual : numberOption(name, given[name], least, most, true);
  const seed = whole('seed', 0, 2 ** 32 - 1, 1);
  const budget = given.budget === undefined ? BUDGET : timeOption('budget', given.budget, { least: 1, most: 86_400 });
  const examples = whole('examples', BATCH, TRAINING_IMAGES, TRAINING_IMAGES);
  const epochs =
    given.epochs === undefined ? null : numberOption('epochs', given.epochs, Number.MIN_VALUE, 1000, false);
  const byEpochs = epochs === null ? null : Math.max(1, Math.round(epochs * batchesIn(examples)));
  const steps = given.steps === undefined ? byEpochs : whole('steps', 1, 1e6, 1);
  const small = budget < 30; // smaller measurements for a quick look
  return {
    command: 'tour',
    seed,
    budget,
    accuracy: { points: small ? 8192 : 65_536 },
    speed: { elements: small ? 2 ** 16 : 2 ** 20, repeats: small ? 3 : 7 },
    training: {
      data: 'MNIST',
      network: PAPER_SHAPE,
      activations: ['gelu', 'relu', 'elu'], // those that the paper compares
      optimizer: 'Adam',
      learningRate: 1e-3,
      batch: BATCH,
      examples,
      steps,
    },
  };
}

/** '1,200 steps of 128 = 60,000 of the 60,000 training images (100 %), 2.56 epochs' */
export function share({ examples, steps, batch }: TourConfig['training']): string {
  if (steps === null) throw new LabError('the number of steps is not settled');
  const n = (value: number): string => value.toLocaleString('en');
  const used = Math.min(steps * batch, examples);
  const percent = Number(((100 * used) / TRAINING_IMAGES).toFixed(1));
  const epochs = (steps / batchesIn(examples)).toFixed(2);
  return `${n(steps)} steps of ${batch}: ${n(used)} of the ${n(TRAINING_IMAGES)} training images (${percent} %), ${epochs} epochs`;
}

/** The command that repeats a run with the same numbers. */
export function commandLine({ seed, budget, training: { examples, steps } }: TourConfig): string {
  const size = budget === BUDGET ? '' : ` --budget ${budget}`;
  return `npx gelu-lab tour --seed ${seed}${size} --examples ${examples} --steps ${steps}`;
}

function batchesIn(examples: number): number {
  return Math.floor(examples / BATCH);
}
