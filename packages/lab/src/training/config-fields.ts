import {
  atLeast0,
  count,
  either,
  type Field,
  index,
  nothing,
  object,
  optional,
  positive,
  requireFields,
  word,
  words,
} from '../run/fields.js';
import type { TrainingConfig } from './train.js';

const share: Field = ['a number from 0 to below 1', (value) => typeof value === 'number' && value >= 0 && value < 1];
const splits = words('train', 'validation', 'test');

/** `value`, which stands in `file`, as what a training is done by. @throws DataError for a field that is not as it must be. */
export function trainingConfig(value: unknown, file: string): TrainingConfig {
  const check = (part: unknown, fields: Parameters<typeof requireFields>[2], within: string): void =>
    requireFields(file, part, fields, `training.${within}`);
  check(
    value,
    {
      seed: index,
      optimizer: object,
      schedule: object,
      clip: optional(either(positive, nothing)),
      steps: either(count, nothing),
      seconds: optional(positive),
      evaluateEvery: count,
      checkpointEvery: positive,
      checkpointSeconds: optional(positive),
      splits,
      finalSplits: optional(splits),
    },
    '',
  );
  const config = value as TrainingConfig;
  check(
    config.optimizer,
    {
      name: word('adamw', 'nesterov'),
      beta1: optional(share),
      beta2: optional(share),
      momentum: optional(share),
      epsilon: optional(positive),
      weightDecay: optional(atLeast0),
    },
    'optimizer.',
  );
  check(
    config.schedule,
    {
      learningRate: positive,
      warmup: optional(atLeast0),
      decay: optional(word('constant', 'cosine')),
      final: optional(atLeast0),
    },
    'schedule.',
  );
  if (config.steps === null) check(value, { seconds: positive }, '');
  return config;
}
