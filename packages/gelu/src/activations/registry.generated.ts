// Written by scripts/generate.mjs from the files of src/activations, which are the place for changes.
import { gelu } from './gelu/definition.js';
import { calu } from './calu.js';
import { celu } from './celu.js';
import { clippedGelu } from './clipped-gelu.js';
import { elu } from './elu.js';
import { exponential } from './exponential.js';
import { hardMish } from './hard-mish.js';
import { hardshrink } from './hardshrink.js';
import { hardsigmoid } from './hardsigmoid.js';
import { hardswish } from './hardswish.js';
import { hardtanh } from './hardtanh.js';
import { identity } from './identity.js';
import { lalu } from './lalu.js';
import { laplace } from './laplace.js';
import { leakyRelu } from './leaky-relu.js';
import { logsigmoid } from './logsigmoid.js';
import { mish } from './mish.js';
import { prelu } from './prelu.js';
import { relu } from './relu.js';
import { reluSquared } from './relu-squared.js';
import { relu6 } from './relu6.js';
import { rrelu } from './rrelu.js';
import { selu } from './selu.js';
import { sigmoid } from './sigmoid.js';
import { silu } from './silu.js';
import { softplus } from './softplus.js';
import { softshrink } from './softshrink.js';
import { softsign } from './softsign.js';
import { sparsePlus } from './sparse-plus.js';
import { sparseSigmoid } from './sparse-sigmoid.js';
import { squareplus } from './squareplus.js';
import { tanh } from './tanh.js';
import { tanhshrink } from './tanhshrink.js';
import { threshold } from './threshold.js';
import { xielu } from './xielu.js';
import type { Activation } from './model/activation.js';

/** All activations of this folder, GELU first. */
export const ALL: readonly Activation[] = [
  gelu,
  calu,
  celu,
  clippedGelu,
  elu,
  exponential,
  hardMish,
  hardshrink,
  hardsigmoid,
  hardswish,
  hardtanh,
  identity,
  lalu,
  laplace,
  leakyRelu,
  logsigmoid,
  mish,
  prelu,
  relu,
  reluSquared,
  relu6,
  rrelu,
  selu,
  sigmoid,
  silu,
  softplus,
  softshrink,
  softsign,
  sparsePlus,
  sparseSigmoid,
  squareplus,
  tanh,
  tanhshrink,
  threshold,
  xielu,
];
