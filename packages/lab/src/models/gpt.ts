import { nn, numpy as np } from '@jax-js/jax';
import type { Random } from '../numbers/random.js';
import type { Arrays } from '../training/task.js';
import { type GptShape, padded } from './gpt-shape.js';
import { type BlockActivation, blocks, causalMask, deviation, initializeBlocks, normal } from './transformer.js';

/** Fresh parameters, named as Hugging Face names those of GPT-2. */
export function initialize(shape: GptShape, random: Random): Arrays {
  return {
    'wte.weight': normal([padded(shape), shape.width], deviation(shape), random),
    'wpe.weight': normal([shape.context, shape.width], deviation(shape), random),
    ...initializeBlocks(shape, random),
  };
}

/**
 * The logits [sequences · length, padded vocabulary] of token ids [sequences, length], length ≤ context; those of the padding
 * are −10⁹. `mask` is added to the scores of the attention; by default a position sees itself and those before it.
 * Takes ownership of all arrays.
 */
export function logits(
  shape: GptShape,
  activation: BlockActivation,
  parameters: Arrays,
  ids: np.Array,
  mask: np.Array | null = causalMask(ids.shape[1]),
): np.Array {
  const [sequences, length] = ids.shape;
  const { 'wte.weight': tokens, 'wpe.weight': positions, ...rest } = parameters;
  // A product with one-hot rows: jax-js has no gradient of a look-up under jit.
  const embedded = np.matmul(oneHot(ids.reshape([sequences * length]), padded(shape)), tokens.ref);
  const placed = embedded
    .reshape([sequences, length, shape.width])
    .add(length === shape.context ? positions : positions.slice([0, length]))
    .reshape([sequences * length, shape.width]);
  const x = blocks(shape, activation, rest, placed, length, mask);
  return np.matmul(x, tokens.transpose()).add(paddingMask(shape));
}

/**
 * The cross-entropy in nats of each of the tokens `targets` [sequences, length], in GPT those that come next. `mask` as for
 * `logits`. Takes ownership of all arrays.
 */
export function losses(
  shape: GptShape,
  activation: BlockActivation,
  parameters: Arrays,
  ids: np.Array,
  targets: np.Array,
  mask?: np.Array | null,
): np.Array {
  const [sequences, length] = ids.shape;
  const wanted = oneHot(targets.reshape([sequences * length]), padded(shape));
  return nn
    .logSoftmax(logits(shape, activation, parameters, ids, mask))
    .mul(wanted)
    .sum(-1)
    .mul(-1)
    .reshape([sequences, length]);
}

function oneHot(ids: np.Array, classes: number): np.Array {
  const [n] = ids.shape;
  return np.equal(ids.reshape([n, 1]), np.arange(classes).reshape([1, classes])).astype(np.float32);
}

function paddingMask(shape: GptShape): np.Array {
  const values = Float32Array.from({ length: padded(shape) }, (_, i) => (i < shape.vocabulary ? 0 : -1e9));
  return np.array(values);
}
