import { UsageError } from '../../console/errors.js';
import { Choices, numberOption, timeOption } from '../../console/options.js';
import { type ModelOptions, OF_WEIGHTS, TRAINABLES } from '../../tasks/trainables.js';
import type { TrainingConfig } from '../../training/train.js';

/** What `gelu-lab train` does; all of it is written to config.json. */
export interface TrainConfig {
  command: 'train';
  model: string;
  options: ModelOptions;
  training: TrainingConfig;
}

/** The options of the command line that were given. */
export type TrainChoices = Partial<Record<string, string>>;

/** Those that every model has. */
export const TRAINING_OPTIONS = [
  'seed',
  'lr',
  'warmup',
  'weight-decay',
  'clip',
  'steps',
  'time',
  'checkpoint',
] as const;

/** The configuration, its training options checked. @throws UsageError that names the option. */
export function trainConfig(model: string, choices: TrainChoices): TrainConfig {
  if (!Object.hasOwn(TRAINABLES, model)) {
    throw new UsageError(`There is no model '${model}'; there are ${Object.keys(TRAINABLES).join(', ')}.`);
  }
  const { options: defaults, training } = TRAINABLES[model];
  const options: ModelOptions = { ...defaults };
  // With weights to start from, these are the weights' own unless they are given.
  if (choices.from !== undefined) for (const name of OF_WEIGHTS) options[name] = null;
  for (const [name, value] of Object.entries(choices)) {
    if ((TRAINING_OPTIONS as readonly string[]).includes(name) || value === undefined) continue;
    if (!Object.hasOwn(defaults, name)) {
      throw new UsageError(`--${name}: ${model} has no such option; it has --${Object.keys(defaults).join(', --')}`);
    }
    options[name] = typeof defaults[name] === 'number' ? numberOption(name, value, 0, 1e9, false) : value;
  }
  const { seed = '1', lr, warmup, clip, steps, time, checkpoint, 'weight-decay': weightDecay } = choices;
  if (steps !== undefined && time !== undefined) throw new UsageError('--steps and --time exclude each other');
  const { schedule, optimizer, seconds, ...rest } = structuredClone(training);
  if (lr !== undefined) schedule.learningRate = numberOption('lr', lr, Number.MIN_VALUE, 1e6, false);
  if (warmup !== undefined) schedule.warmup = numberOption('warmup', warmup, 0, 1e6, true);
  if (weightDecay !== undefined) optimizer.weightDecay = numberOption('weight-decay', weightDecay, 0, 1e3, false);
  if (clip !== undefined) rest.clip = clip === 'no' ? null : numberOption('clip', clip, Number.MIN_VALUE, 1e6, false);
  if (checkpoint !== undefined) rest.checkpointEvery = numberOption('checkpoint', checkpoint, 1, 1e9, true);
  const byTime = time !== undefined || (steps === undefined && rest.steps === null);
  return {
    command: 'train',
    model,
    options,
    training: {
      seed: numberOption('seed', seed, 0, 2 ** 32 - 1, true),
      ...rest,
      optimizer,
      schedule,
      steps: byTime ? null : steps === undefined ? rest.steps : numberOption('steps', steps, 1, 1e9, true),
      ...(byTime && { seconds: time === undefined ? seconds! : timeOption('time', time) }),
    },
  };
}

/** The configuration with what files decide filled in. */
export function settled(config: TrainConfig): TrainConfig {
  const { settle } = TRAINABLES[config.model];
  return settle ? { ...config, options: settle(config.options) } : config;
}

/** The task of a configuration, its model options checked. */
export function taskOf({ model, options, training }: TrainConfig): ReturnType<(typeof TRAINABLES)[string]['task']> {
  return TRAINABLES[model].task(new Choices(options), training.seed);
}

/** The command that gives the same metrics again, once the number of steps is settled. */
export function commandLine({ model, options, training }: TrainConfig): string {
  const standard = trainConfig(model, {});
  const given: [string, unknown, unknown][] = [
    ...Object.entries(options).map(([name, value]): [string, unknown, unknown] => [
      name,
      value,
      standard.options[name],
    ]),
    ['seed', training.seed, undefined],
    ['lr', training.schedule.learningRate, standard.training.schedule.learningRate],
    ['warmup', training.schedule.warmup, standard.training.schedule.warmup],
    ['weight-decay', training.optimizer.weightDecay, standard.training.optimizer.weightDecay],
    ['clip', training.clip ?? 'no', standard.training.clip ?? 'no'],
    ['steps', training.steps, undefined],
  ];
  const words = given
    .filter(([, value, usual]) => value !== usual && value != null)
    .map(([name, value]) => ` --${name} ${value}`);
  return `npx gelu-lab train ${model}${words.join('')}`;
}
