import { DataError } from '../console/errors.js';
import type { HostArray } from '../numbers/host-array.js';
import { type GptShape, padded } from './gpt-shape.js';

/** Weights of GPT outside of jax-js, as `initialize` names and shapes them. */
type Weights = Record<string, HostArray>;

const PREFIX = 'transformer.';
const HEAD = 'lm_head.weight';
/** The causal mask, which some files hold beside the weights. */
const BUFFERS = /\.attn\.(bias|masked_bias)$/;

/** The weights as Hugging Face's GPT2LMHeadModel saves them: `transformer.…`, the vocabulary without padding. */
export function toHuggingFace(shape: GptShape, weights: Weights): Weights {
  const tensors: Weights = {};
  for (const name of Object.keys(gptShapes(shape))) {
    const { values, shape: size } = weights[name];
    const { vocabulary, width } = shape;
    tensors[PREFIX + name] =
      name === 'wte.weight'
        ? { shape: [vocabulary, width], values: values.slice(0, vocabulary * width) }
        : { values, shape: size };
  }
  return tensors;
}

/**
 * The shape and the weights of a GPT-2 as Hugging Face saves it, with or without `transformer.` before the names. The number of
 * heads cannot be seen from the weights: `heads`, or as in all of OpenAI's models one for 64 columns.
 * @throws DataError naming the tensor that is missing, superfluous or of another shape than the rest asks for.
 */
export function fromHuggingFace(tensors: Weights, heads?: number): { shape: GptShape; weights: Weights } {
  const given = Object.fromEntries(
    Object.entries(tensors)
      .map(([name, tensor]) => [name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name, tensor] as const)
      .filter(([name]) => !BUFFERS.test(name)),
  );
  const sizeOf = (name: string): number[] => {
    const { shape } = given[name] ?? fail(`the tensor ${name} is missing; a GPT-2 has it`);
    return shape.length === 2 ? shape : fail(`the tensor ${name} must have two dimensions, it has ${shape.length}`);
  };
  const [vocabulary, width] = sizeOf('wte.weight');
  const [context] = sizeOf('wpe.weight');
  const numbers = Object.keys(given).map((name) => Number(/^h\.(\d+)\./.exec(name)?.[1] ?? -1));
  const [inner] = sizeOf('h.0.mlp.c_proj.weight');
  const gated = sizeOf('h.0.mlp.c_fc.weight')[1] === 2 * inner;
  const shape: GptShape = {
    layers: numbers.reduce((most, n) => Math.max(most, n), -1) + 1,
    heads: heads ?? Math.max(1, Math.round(width / 64)),
    ...{ vocabulary, width, context, inner, gated },
  };
  if (shape.layers > numbers.length) fail(`there are ${numbers.length} tensors for ${shape.layers} layers`);
  if ([vocabulary, width, context, inner].includes(0)) fail('a dimension is 0');
  if (!(Number.isSafeInteger(shape.heads) && shape.heads > 0)) fail(`the number of heads is ${shape.heads}`);
  if (width % shape.heads !== 0) fail(`a width of ${width} cannot be split into ${shape.heads} heads`);
  const wanted = gptShapes(shape);
  for (const [name, size] of Object.entries(wanted)) {
    const actual = given[name]?.shape ?? fail(`the tensor ${name} is missing`);
    if (String(actual) !== String(size)) fail(`the tensor ${name} must be [${size}], it is [${actual}]`);
    if (!(given[name].values instanceof Float32Array)) fail(`the tensor ${name} must hold floating-point numbers`);
  }
  const { [HEAD]: head, ...rest } = given;
  const other = Object.keys(rest).find((name) => !Object.hasOwn(wanted, name));
  if (other !== undefined) fail(`the tensor ${other} does not belong to a GPT-2`);
  const tokens = given['wte.weight'].values;
  if (head !== undefined && !head.values.every((value, i) => Object.is(value, tokens[i]))) {
    fail(`${HEAD} differs from wte.weight; here they are tied`);
  }
  const filled = new Float32Array(padded(shape) * width);
  filled.set(tokens);
  const weights = Object.fromEntries(Object.keys(wanted).map((name) => [name, given[name]]));
  return { shape, weights: { ...weights, 'wte.weight': { shape: [padded(shape), width], values: filled } } };
}

/** The shape of each weight, the vocabulary without padding; linear layers are [inputs, outputs]. */
function gptShapes({ layers, width, inner, gated, vocabulary, context }: GptShape): Record<string, number[]> {
  const shapes: Record<string, number[]> = { 'wte.weight': [vocabulary, width], 'wpe.weight': [context, width] };
  const linear = (name: string, inputs: number, outputs: number): void => {
    shapes[`${name}.weight`] = [inputs, outputs];
    shapes[`${name}.bias`] = [outputs];
  };
  const norm = (name: string): void => {
    shapes[`${name}.weight`] = [width];
    shapes[`${name}.bias`] = [width];
  };
  for (let layer = 0; layer < layers; layer++) {
    norm(`h.${layer}.ln_1`);
    linear(`h.${layer}.attn.c_attn`, width, 3 * width);
    linear(`h.${layer}.attn.c_proj`, width, width);
    norm(`h.${layer}.ln_2`);
    linear(`h.${layer}.mlp.c_fc`, width, gated ? 2 * inner : inner);
    linear(`h.${layer}.mlp.c_proj`, inner, width);
  }
  norm('ln_f');
  return shapes;
}

function fail(what: string): never {
  throw new DataError(what);
}
