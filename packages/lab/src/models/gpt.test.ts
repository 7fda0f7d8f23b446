import { numpy as np } from '@jax-js/jax';
import { gelu } from 'gelu';
import { beforeAll, expect, test } from 'vitest';
import { gradientErrors } from '../../test/support/check-gradients.js';
import { DataError } from '../console/errors.js';
import type { HostArray } from '../numbers/host-array.js';
import { random } from '../numbers/random.js';
import { startEngine } from '../training/engine.js';
import { toEngine, toHost } from '../training/trainer.js';
import { initialize, logits, losses } from './gpt.js';
import { draw, sample } from './gpt-sample.js';
import type { GptShape } from './gpt-shape.js';
import { fromHuggingFace, toHuggingFace } from './gpt-weights.js';
import { blockActivation } from './transformer.js';

const SHAPE: GptShape = { layers: 2, width: 8, heads: 2, inner: 32, gated: false, vocabulary: 11, context: 6 };
const IDS = Int32Array.of(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 10);
const NEXT = Int32Array.of(1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 10, 0);
const ids = (values: Int32Array<ArrayBuffer>): np.Array => np.array(values, { shape: [2, 6] });

beforeAll(startEngine);

/** Weights that are nothing special, biases and norms included. */
function someWeights(shape: GptShape): Record<string, HostArray> {
  const { normal } = random(1, 'weights');
  const tensors = Object.entries(initialize(shape, random(1, 'shapes'))).map(([name, array]) => {
    const size = array.shape;
    array.dispose();
    const values = Float32Array.from(
      { length: size.reduce((a, b) => a * b, 1) },
      () => 0.3 * normal() + (/ln.*weight/.test(name) ? 1 : 0),
    );
    return [name, { shape: size, values }] as const;
  });
  return Object.fromEntries(tensors);
}

/** GPT-2 as its paper and code describe it, for one sequence, in plain float64. `w` is named as Hugging Face names it. */
function reference(
  { layers, width, heads, vocabulary }: GptShape,
  w: Record<string, HostArray>,
  sequence: readonly number[],
  act: (x: number) => number,
): number[][] {
  const matrix = (name: string): ((row: number, column: number) => number) => {
    const { values, shape } = w[`transformer.${name}`];
    return (row, column) => values[row * shape[1] + column];
  };
  const vector = (name: string): ArrayLike<number> => w[`transformer.${name}`].values;
  const linear = (name: string, x: number[]): number[] => {
    const at = matrix(`${name}.weight`);
    return Array.from(vector(`${name}.bias`), (b, j) => x.reduce((sum, v, i) => sum + v * at(i, j), b));
  };
  const norm = (name: string, x: number[]): number[] => {
    const mean = x.reduce((a, b) => a + b, 0) / x.length;
    const variance = x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / x.length;
    return x.map(
      (v, i) => ((v - mean) / Math.sqrt(variance + 1e-5)) * vector(`${name}.weight`)[i] + vector(`${name}.bias`)[i],
    );
  };
  const add = (a: number[], b: number[]): number[] => a.map((v, i) => v + b[i]);
  const wte = matrix('wte.weight');
  const wpe = matrix('wpe.weight');
  const size = width / heads;
  let x = sequence.map((id, t) => Array.from({ length: width }, (_, i) => wte(id, i) + wpe(t, i)));
  for (let l = 0; l < layers; l++) {
    const qkv = x.map((row) => linear(`h.${l}.attn.c_attn`, norm(`h.${l}.ln_1`, row)));
    const mixed = qkv.map((now, t) => {
      const out: number[] = [];
      for (let h = 0; h < heads; h++) {
        const part = (row: number[], which: number): number[] =>
          row.slice(which * width + h * size, which * width + (h + 1) * size);
        const scores = qkv
          .slice(0, t + 1)
          .map((then) => part(now, 0).reduce((s, q, i) => s + q * part(then, 1)[i], 0) / Math.sqrt(size));
        const e = scores.map((s) => Math.exp(s - Math.max(...scores)));
        const total = e.reduce((a, b) => a + b, 0);
        for (let i = 0; i < size; i++) out.push(e.reduce((s, p, j) => s + (p / total) * part(qkv[j], 2)[i], 0));
      }
      return out;
    });
    x = x.map((row, t) => add(row, linear(`h.${l}.attn.c_proj`, mixed[t])));
    x = x.map((row) =>
      add(row, linear(`h.${l}.mlp.c_proj`, linear(`h.${l}.mlp.c_fc`, norm(`h.${l}.ln_2`, row)).map(act))),
    );
  }
  return x.map((row) => {
    const last = norm('ln_f', row);
    return Array.from({ length: vocabulary }, (_, id) => last.reduce((s, v, i) => s + v * wte(id, i), 0));
  });
}

test.each([
  ['gelu', (x: number) => gelu(x)],
  ['relu', (x: number) => Math.max(0, x)],
] as const)('the forward pass with %s is GPT-2’s, from Hugging Face’s weights', (name, act) => {
  const tensors = toHuggingFace(SHAPE, someWeights(SHAPE));
  const { shape, weights } = fromHuggingFace(tensors, 2);
  expect(shape).toEqual(SHAPE);
  const actual = logits(
    shape,
    blockActivation(name, shape.width).apply,
    toEngine(weights),
    ids(IDS),
  ).js() as number[][];
  const expected = [0, 6].flatMap((first) => reference(SHAPE, tensors, [...IDS.slice(first, first + 6)], act));
  for (const [row, values] of expected.entries()) {
    for (const [id, value] of values.entries()) expect(actual[row][id]).toBeCloseTo(value, 4);
    expect(actual[row][11]).toBeLessThan(-1e8);
  }
});

test('cross-entropy of each next token', () => {
  const tensors = toHuggingFace(SHAPE, someWeights(SHAPE));
  const { apply } = blockActivation('gelu', 8);
  const actual = losses(
    SHAPE,
    apply,
    toEngine(fromHuggingFace(tensors, 2).weights),
    ids(IDS),
    ids(NEXT),
  ).js() as number[][];
  const rows = reference(SHAPE, tensors, [...IDS.slice(0, 6)], (x) => gelu(x));
  rows.forEach((row, t) => {
    const total = Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0));
    expect(actual[0][t]).toBeCloseTo(total - row[NEXT[t]], 4);
  });
});

test.each(['gelu', 'geglu'])('gradients with %s agree with differences in float64', async (name) => {
  const { apply, gated } = blockActivation(name, 8);
  const shape = { ...SHAPE, layers: 1, gated, inner: 12 };
  const batch = { x: { shape: [2, 6], values: IDS }, y: { shape: [2, 6], values: NEXT } };
  const errors = await gradientErrors(
    (act, parameters, { x, y }) => {
      // The gate's activation is replaced, the splitting is not.
      const gate = (z: np.Array): np.Array => {
        if (!gated) return act(z);
        const [value, gates] = np.split(z, 2, -1);
        return value.mul(act(gates));
      };
      return losses(shape, act === apply ? apply : gate, parameters, x, y).mean();
    },
    apply,
    toEngine(someWeights(shape)),
    batch,
  );
  expect(errors).toEqual([]);
});

test('weights survive the way to Hugging Face and back, bit for bit', () => {
  const weights = someWeights(SHAPE);
  const tensors = toHuggingFace(SHAPE, weights);
  expect(tensors['transformer.wte.weight'].shape).toEqual([11, 8]);
  expect(tensors['transformer.h.1.attn.c_attn.weight'].shape).toEqual([8, 24]);
  const back = fromHuggingFace(tensors, 2).weights;
  for (const [name, { values, shape }] of Object.entries(weights)) {
    expect(back[name].shape).toEqual(shape);
    const length = name === 'wte.weight' ? 88 : values.length;
    expect(back[name].values.subarray(0, length)).toEqual(values.subarray(0, length));
  }
});

test('files without the prefix, with masks and with a tied head are taken', () => {
  const tensors = toHuggingFace(SHAPE, someWeights(SHAPE));
  const bare = Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name.replace('transformer.', ''), tensor]),
  );
  bare['h.0.attn.bias'] = { shape: [1, 1, 6, 6], values: new Float32Array(36) };
  bare['lm_head.weight'] = bare['wte.weight'];
  expect(fromHuggingFace(bare, 2).shape).toEqual(SHAPE);
});

test.each<[string, (t: Record<string, HostArray>) => Record<string, HostArray>, RegExp]>([
  ['a missing one', ({ 'transformer.h.1.ln_2.bias': _, ...t }) => t, /h\.1\.ln_2\.bias is missing/],
  [
    'one of another shape',
    (t) => ({ ...t, 'transformer.ln_f.bias': zeros([4]) }),
    /ln_f\.bias must be \[8\], it is \[4\]/,
  ],
  ['one too many', (t) => ({ ...t, 'transformer.extra': zeros([8]) }), /extra does not belong/],
  ['a head that is not tied', (t) => ({ ...t, 'lm_head.weight': zeros([11, 8]) }), /lm_head\.weight differs/],
  ['none at all', () => ({}), /wte\.weight is missing/],
])('tensors that are no GPT-2 are refused: %s', (_, spoil, message) => {
  const tensors = spoil(toHuggingFace(SHAPE, someWeights(SHAPE)));
  expect(() => fromHuggingFace(tensors, 2)).toThrow(DataError);
  expect(() => fromHuggingFace(tensors, 2)).toThrow(message);
});

function zeros(shape: number[]): HostArray {
  return { shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)) };
}

test('starts near an even guess', () => {
  const shape = { ...SHAPE, width: 64, inner: 256 };
  const { apply } = blockActivation('gelu', 64);
  const loss = losses(shape, apply, initialize(shape, random(1, 'weights')), ids(IDS), ids(NEXT)).mean();
  expect(Math.abs((loss.js() as number) - Math.log(11))).toBeLessThan(0.3);
});

test('sampling: the likeliest at temperature 0, the same again with the same seed, also beyond the context', async () => {
  const parameters = toEngine(someWeights(SHAPE));
  const { apply } = blockActivation('gelu', 8);
  const take = async (temperature: number, seed: number): Promise<number[]> => {
    const all: number[] = [];
    const options = { tokens: 9, temperature, topK: null };
    for await (const id of sample(SHAPE, apply, parameters, [3, 1, 4], options, random(seed, 'sample'))) all.push(id);
    return all;
  };
  const tensors = toHuggingFace(SHAPE, await toHost(parameters));
  const expected = [3, 1, 4];
  for (let i = 0; i < 9; i++) {
    const last = reference(SHAPE, tensors, expected.slice(-6), (x) => gelu(x)).at(-1)!;
    expected.push(last.indexOf(Math.max(...last)));
  }
  expect(await take(0, 1)).toEqual(expected.slice(3));
  expect(await take(1, 2)).toEqual(await take(1, 2));
  expect(await take(1, 2)).not.toEqual(await take(1, 3));
});

test('draws follow the softmax at the temperature, among the k likeliest', () => {
  const source = random(1, 'draws');
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 20_000; i++) counts[draw(Float32Array.of(1, 3, -5, 2), 2, 3, source)] += 1;
  const weights = [1, 3, Number.NEGATIVE_INFINITY, 2].map((v) => Math.exp(v / 2));
  const total = weights.reduce((a, b) => a + b, 0);
  for (const [i, count] of counts.entries()) expect(Math.abs(count / 20_000 - weights[i] / total)).toBeLessThan(0.015);
  expect(counts[2]).toBe(0);
});
