import { nn, numpy as np } from '@jax-js/jax';
import type { Random } from '../numbers/random.js';
import type { Arrays } from '../training/task.js';
import { activationBySpec } from './activations.js';

/**
 * The transformer block of GPT-2 (Radford et al. 2019), which its relatives here share: layer norm before attention and before
 * the multilayer perceptron, both added to what goes past them. Names and shapes are those of Hugging Face's GPT-2; its
 * linear layers hold [inputs, outputs].
 */
export interface BlockShape {
  layers: number;
  width: number;
  heads: number;
  /** The width inside the multilayer perceptron; 4 · width in GPT-2. */
  inner: number;
  /** Whether the activation is gated: then the layer before it has twice `inner` outputs, the values, then their gates. */
  gated: boolean;
}

/** What stands between the two linear layers: [n, inner or 2 · inner] → [n, inner]. Takes ownership of x. */
export type BlockActivation = (x: np.Array) => np.Array;

/** The gated units by name, each with what its gates go through; null: nothing. */
const GATED: Readonly<Record<string, string | null>> = {
  geglu: 'gelu',
  reglu: 'relu',
  swiglu: 'silu',
  glu: 'sigmoid',
  bilinear: null,
};

/**
 * The activation of a block by name, gated (geglu, reglu, swiglu, glu, bilinear) or any other with parameters as
 * `silu:beta=1.5`, and the inner width that goes with it: 4 · width, for gated ones two thirds of that, which keeps the number of
 * parameters (Shazeer 2020).
 * @throws UsageError for a name that is neither.
 */
export function blockActivation(
  name: string,
  width: number,
): { apply: BlockActivation; gated: boolean; inner: number } {
  if (!Object.hasOwn(GATED, name)) return { apply: activationBySpec(name).apply, gated: false, inner: 4 * width };
  const gate = GATED[name];
  const act = gate === null ? (x: np.Array): np.Array => x : activationBySpec(gate).apply;
  const apply = (x: np.Array): np.Array => {
    const [value, gates] = np.split(x, 2, -1);
    return value.mul(act(gates));
  };
  return { apply, gated: true, inner: 4 * Math.round((2 * width) / 3) };
}

const EPSILON = 1e-5;

/**
 * The standard deviation of fresh weights: GPT-2's 0.02 at its width of 768, and for other widths what gives products of the
 * same size.
 */
export function deviation({ width }: { width: number }): number {
  return 0.02 * Math.sqrt(768 / width);
}

/** Fresh parameters of the blocks and of the layer norm after them: normal, smaller where a block ends, as in GPT-2. */
export function initializeBlocks({ layers, width, inner, gated }: BlockShape, random: Random): Arrays {
  const parameters: Arrays = {};
  const start = deviation({ width });
  const end = start / Math.sqrt(2 * layers);
  const linear = (name: string, inputs: number, outputs: number, spread = start): void => {
    parameters[`${name}.weight`] = normal([inputs, outputs], spread, random);
    parameters[`${name}.bias`] = np.zeros([outputs]);
  };
  const norm = (name: string): void => {
    parameters[`${name}.weight`] = np.ones([width]);
    parameters[`${name}.bias`] = np.zeros([width]);
  };
  for (let layer = 0; layer < layers; layer++) {
    norm(`h.${layer}.ln_1`);
    linear(`h.${layer}.attn.c_attn`, width, 3 * width);
    linear(`h.${layer}.attn.c_proj`, width, width, end);
    norm(`h.${layer}.ln_2`);
    linear(`h.${layer}.mlp.c_fc`, width, gated ? 2 * inner : inner);
    linear(`h.${layer}.mlp.c_proj`, inner, width, end);
  }
  norm('ln_f');
  return parameters;
}

/** Normal numbers with mean 0. */
export function normal(shape: [number, number], spread: number, random: Random): np.Array {
  const values = Float32Array.from({ length: shape[0] * shape[1] }, () => spread * random.normal());
  return np.array(values, { shape });
}

/**
 * The blocks and the last layer norm on x [sequences · length, width]; `mask` [length, length] is added to the scores before
 * the softmax (null: every position sees every other). Takes ownership of x and of the parameters of the blocks.
 */
export function blocks(
  { layers, heads }: BlockShape,
  activation: BlockActivation,
  parameters: Arrays,
  x: np.Array,
  length: number,
  mask: np.Array | null,
): np.Array {
  for (let layer = 0; layer < layers; layer++) {
    const at = `h.${layer}`;
    const attended = attention(
      parameters,
      `${at}.attn`,
      layerNorm(parameters, `${at}.ln_1`, x.ref),
      length,
      heads,
      mask,
    );
    x = x.add(attended);
    const inner = activation(linear(parameters, `${at}.mlp.c_fc`, layerNorm(parameters, `${at}.ln_2`, x.ref)));
    x = x.add(linear(parameters, `${at}.mlp.c_proj`, inner));
  }
  mask?.dispose();
  return layerNorm(parameters, 'ln_f', x);
}

function attention(
  parameters: Arrays,
  name: string,
  x: np.Array,
  length: number,
  heads: number,
  mask: np.Array | null,
): np.Array {
  const [rows, width] = x.shape;
  const split = [rows / length, length, 3, heads, width / heads];
  // [3, sequences, heads, length, width of a head]
  const qkv = linear(parameters, `${name}.c_attn`, x).reshape(split).transpose([2, 0, 3, 1, 4]);
  const [q, k, v] = np.split(qkv, 3).map((part) => part.reshape([rows / length, heads, length, width / heads]));
  const scores = np.matmul(q, k.transpose([0, 1, 3, 2])).mul(1 / Math.sqrt(width / heads));
  const weights = nn.softmax(mask === null ? scores : scores.add(mask.ref));
  const mixed = np.matmul(weights, v).transpose([0, 2, 1, 3]).reshape([rows, width]);
  return linear(parameters, `${name}.c_proj`, mixed);
}

function linear(parameters: Arrays, name: string, x: np.Array): np.Array {
  return np.matmul(x, parameters[`${name}.weight`]).add(parameters[`${name}.bias`]);
}

function layerNorm(parameters: Arrays, name: string, x: np.Array): np.Array {
  const centred = x.ref.sub(x.mean(-1, { keepdims: true }));
  const variance = np.square(centred.ref).mean(-1, { keepdims: true });
  const scale = np.reciprocal(np.sqrt(variance.add(EPSILON)));
  return centred.mul(scale).mul(parameters[`${name}.weight`]).add(parameters[`${name}.bias`]);
}

/** 0 where a position may look, at itself and back, −10⁹ ahead: [length, length]. */
export function causalMask(length: number): np.Array {
  const values = Float32Array.from({ length: length * length }, (_, i) =>
    i % length > Math.floor(i / length) ? -1e9 : 0,
  );
  return np.array(values, { shape: [length, length] });
}
