// Written by scripts/generate.mjs from the files of src/activations, which are the place for changes.
import { gelu } from './gelu/definition.js';
import { calu } from './calu.js';
import { celu } from './celu.js';
import { elu } from './elu.js';
import { hardsigmoid } from './hardsigmoid.js';
import { hardswish } from './hardswish.js';
import { hardtanh } from './hardtanh.js';
import { identity } from './identity.js';
import { lalu } from './lalu.js';
import { leakyRelu } from './leaky-relu.js';
import { logsigmoid } from './logsigmoid.js';
import { mish } from './mish.js';
import { prelu } from './prelu.js';
import { relu } from './relu.js';
import { reluSquared } from './relu-squared.js';
import { relu6 } from './relu6.js';
import { selu } from './selu.js';
import { sigmoid } from './sigmoid.js';
import { silu } from './silu.js';
import { softplus } from './softplus.js';
import { softsign } from './softsign.js';
import { squareplus } from './squareplus.js';
import { tanh } from './tanh.js';
import type { Activation } from './model/activation.js';

/** All activations of this folder, GELU first. */
export const ALL: readonly Activation[] = [
  gelu,
  calu,
  celu,
  elu,
  hardsigmoid,
  hardswish,
  hardtanh,
  identity,
  lalu,
  leakyRelu,
  logsigmoid,
  mish,
  prelu,
  relu,
  reluSquared,
  relu6,
  selu,
  sigmoid,
  silu,
  softplus,
  softsign,
  squareplus,
  tanh,
];
