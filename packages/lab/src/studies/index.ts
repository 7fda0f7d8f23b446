import { UsageError } from '../console/errors.js';
import { autoencoder } from './autoencoder.js';
import { cifar10, cifar100 } from './cifar.js';
import { depth } from './depth.js';
import { forms } from './forms.js';
import { gpt } from './gpt.js';
import { learningRate } from './learning-rate.js';
import { mnist, mnistDropout, mnistInit, mnistNoise, mnistSoi } from './mnist.js';
import { timit } from './timit.js';
import { tweets } from './tweets.js';
import type { Study } from './types.js';

/** Every study, in the order in which they are listed. */
export const STUDIES: readonly Study[] = [
  mnist,
  mnistInit,
  mnistDropout,
  mnistNoise,
  mnistSoi,
  autoencoder,
  tweets,
  timit,
  cifar10,
  cifar100,
  gpt,
  depth,
  forms,
  learningRate,
];

/** @throws UsageError naming the studies there are. */
export function studyNamed(name: string): Study {
  const found = STUDIES.find((study) => study.name === name);
  if (found === undefined) {
    throw new UsageError(`There is no study '${name}'; there are ${STUDIES.map((study) => study.name).join(', ')}.`);
  }
  return found;
}
