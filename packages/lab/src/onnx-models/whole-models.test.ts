import { inspectOnnx, rewriteOnnx } from 'gelu/onnx';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadRuntime, type Runtime } from '../implementations/onnx.js';
import { withoutTraces } from '../implementations/traces.js';
import { FLOAT32, float, GraphBuilder, integer } from './graph-builder.js';
import { encodeModel } from './schema.js';

// Encoders as exporters wrote them at each opset: raised until there is Gelu they compute what they did.

let runtime: Runtime;
beforeAll(async () => {
  runtime = await withoutTraces(() => loadRuntime('node'));
});

const INT64 = 7;
const BOOL = 9;
const [TOKENS, WIDTH, HEADS] = [6, 8, 2];
const integers = (name: string, ints: readonly number[]): object => ({ name, ints, type: 7 });

/** Writes operators in the way of an opset. */
class Exporter extends GraphBuilder {
  readonly opset: number;
  #seed = 0;

  constructor(opset: number) {
    super();
    this.opset = opset;
  }

  /** Weights between −½ and ½, always the same. */
  weights(...dims: number[]): string {
    const values = Float32Array.from(
      { length: dims.reduce((n, dim) => n * dim, 1) },
      () => Math.sin(++this.#seed * 12.9898) / 2,
    );
    return this.stored(FLOAT32, dims, new Uint8Array(values.buffer));
  }

  ints(...values: number[]): string {
    return this.stored(INT64, [values.length], new Uint8Array(BigInt64Array.from(values, BigInt).buffer));
  }

  stored(dataType: number, dims: readonly number[], rawData: Uint8Array): string {
    const name = `w${this.initializer.length}`;
    this.initializer.push({ name, dims, dataType, rawData });
    return name;
  }

  /** An operator whose axes became an input with an opset. */
  withAxes(op: string, x: string, axes: number[], since: number, more: object[] = []): string {
    return this.opset < since
      ? this.op(op, [x], [integers('axes', axes), ...more])
      : this.op(op, [x, this.ints(...axes)], more);
  }

  mean(x: string): string {
    return this.withAxes('ReduceMean', x, [-1], 18, [integer('keepdims', 1)]);
  }

  slice(x: string, axis: number, from: number, to: number): string {
    if (this.opset >= 10) return this.op('Slice', [x, this.ints(from), this.ints(to), this.ints(axis)]);
    return this.op('Slice', [x], [integers('axes', [axis]), integers('starts', [from]), integers('ends', [to])]);
  }

  /** Before opset 11 no axis of ReduceMean could be negative. */
  layerNorm(x: string, rank = 3): string {
    const [scale, bias] = [this.weights(WIDTH), this.weights(WIDTH)];
    if (this.opset >= 17)
      return this.op('LayerNormalization', [x, scale, bias], [integer('axis', -1), float('epsilon', 1e-5)]);
    const axes = [this.opset < 11 ? rank - 1 : -1];
    const mean = (v: string): string => this.op('ReduceMean', [v], [integers('axes', axes)]);
    const centred = this.op('Sub', [x, mean(x)]);
    const deviation = this.op('Sqrt', [this.op('Add', [mean(this.op('Pow', [centred, 2])), 1e-5])]);
    return this.op('Add', [this.op('Mul', [this.op('Div', [centred, deviation]), scale]), bias]);
  }

  dense(x: string, from: number, to: number): string {
    return this.op('Add', [this.op('MatMul', [x, this.weights(from, to)]), this.weights(to)]);
  }

  /** Conv1D of GPT-2: Gemm on a matrix. */
  gemm(x: string, from: number, to: number): string {
    const flat = this.op('Gemm', [
      this.op('Reshape', [x, this.ints(-1, from)]),
      this.weights(from, to),
      this.weights(to),
    ]);
    const [batch, tokens] = [0, 1].map((i) => this.op('Gather', [this.op('Shape', [x]), this.ints(i)]));
    return this.op('Reshape', [flat, this.op('Concat', [batch, tokens, this.ints(to)], [integer('axis', 0)])]);
  }

  split(x: string, parts: number, axis: number, length: number): string[] {
    const names = Array.from({ length: parts }, (_, i) => `${x}_part${i}`);
    const lengths = names.map(() => length);
    const old = this.opset < 13;
    this.node.push({
      name: `/split_${x}`,
      opType: 'Split',
      input: old ? [x] : [x, this.ints(...lengths)],
      output: names,
      attribute: [integer('axis', axis), ...(old ? [integers('split', lengths)] : [])],
    });
    return names;
  }

  heads(x: string, order: number[]): string {
    return this.op(
      'Transpose',
      [this.op('Reshape', [x, this.ints(0, 0, HEADS, WIDTH / HEADS)])],
      [integers('perm', order)],
    );
  }

  attention([q, k, v]: string[], mask: (scores: string) => string): string {
    const scores = this.op('MatMul', [this.heads(q, [0, 2, 1, 3]), this.heads(k, [0, 2, 3, 1])]);
    const shares = this.op('Softmax', [mask(this.op('Div', [scores, 2]))], [integer('axis', this.opset < 13 ? 3 : -1)]);
    const mixed = this.op(
      'Transpose',
      [this.op('MatMul', [this.dropout(shares), this.heads(v, [0, 2, 1, 3])])],
      [integers('perm', [0, 2, 1, 3])],
    );
    return this.op('Reshape', [mixed, this.ints(0, 0, WIDTH)]);
  }

  /** Exporters left it in until opset 12, with its ratio. */
  dropout(x: string): string {
    return this.opset < 12 ? this.op('Dropout', [x], [float('ratio', 0.1)]) : x;
  }

  /** Erf came with opset 9. */
  gelu(x: string): string {
    if (this.opset < 9) return this.newGelu(x);
    const gate = this.op('Add', [this.op('Erf', [this.op('Div', [x, Math.SQRT2])]), 1]);
    return this.op('Mul', [this.op('Mul', [x, gate]), 0.5]);
  }

  newGelu(x: string): string {
    const cubic = this.op('Mul', [this.op('Pow', [x, 3]), 0.044715]);
    const inner = this.op('Mul', [this.op('Add', [x, cubic]), Math.sqrt(2 / Math.PI)]);
    return this.op('Mul', [this.op('Mul', [x, 0.5]), this.op('Add', [this.op('Tanh', [inner]), 1])]);
  }
}

/** Ids and a mask; the mask as an addend, after the norms of attention and of the feed-forward layer. */
function bert(g: Exporter): string {
  const embedded = g.op('Add', [
    g.op('Gather', [g.weights(11, WIDTH), 'ids']),
    g.slice(g.weights(1, 16, WIDTH), 1, 0, TOKENS),
  ]);
  let x = g.layerNorm(embedded);
  const wide = g.withAxes('Unsqueeze', g.withAxes('Unsqueeze', 'mask', [1], 13), [2], 13);
  const addend = g.op('Mul', [g.op('Sub', [1, g.cast(wide, FLOAT32)]), -10_000]);
  for (let layer = 0; layer < 2; layer++) {
    const parts = [0, 1, 2].map(() => g.dense(x, WIDTH, WIDTH));
    const attended = g.dense(
      g.attention(parts, (scores) => g.op('Add', [scores, addend])),
      WIDTH,
      WIDTH,
    );
    x = g.layerNorm(g.op('Add', [g.dropout(attended), x]));
    const inner = g.dense(g.gelu(g.dense(x, WIDTH, 4 * WIDTH)), 4 * WIDTH, WIDTH);
    x = g.layerNorm(g.op('Add', [g.dropout(inner), x]));
  }
  const first = g.withAxes('Squeeze', g.slice(x, 1, 0, 1), [1], 13);
  const pooled = g.op('Tanh', [
    g.op('Gemm', [first, g.weights(WIDTH, WIDTH), g.weights(WIDTH)], [integer('transB', 1)]),
  ]);
  return g.op(
    'LogSoftmax',
    [g.op('Gemm', [pooled, g.weights(WIDTH, 3), g.weights(3)])],
    g.opset < 13 ? [] : [integer('axis', -1)],
  );
}

/** An image cut into patches by a convolution, a token for the class, norms first. */
function vit(g: Exporter): string {
  const patches = g.op(
    'Conv',
    ['image', g.weights(WIDTH, 3, 4, 4), g.weights(WIDTH)],
    [integers('kernel_shape', [4, 4]), integers('strides', [4, 4])],
  );
  const tokens = g.op('Transpose', [g.op('Reshape', [patches, g.ints(0, WIDTH, -1)])], [integers('perm', [0, 2, 1])]);
  const token = g.weights(1, 1, WIDTH);
  const all = g.op(
    'Concat',
    [g.opset < 8 ? token : g.op('Expand', [token, g.ints(1, 1, WIDTH)]), tokens],
    [integer('axis', 1)],
  );
  let x = g.op('Add', [all, g.weights(1, 5, WIDTH)]);
  for (let layer = 0; layer < 2; layer++) {
    const normed = g.dense(g.layerNorm(x), WIDTH, 3 * WIDTH);
    x = g.op('Add', [
      g.dense(
        g.attention(g.split(normed, 3, 2, WIDTH), (scores) => scores),
        WIDTH,
        WIDTH,
      ),
      x,
    ]);
    x = g.op('Add', [g.dense(g.gelu(g.dense(g.layerNorm(x), WIDTH, 4 * WIDTH)), 4 * WIDTH, WIDTH), x]);
  }
  const first = g.op('Gather', [g.layerNorm(x), g.stored(INT64, [], new Uint8Array(8))], [integer('axis', 1)]);
  const scores = g.op('Gemm', [first, g.weights(WIDTH, 5), g.weights(5)]);
  const [low, high] = [-4, 4];
  return g.opset < 11
    ? g.op('Clip', [scores], [float('min', low), float('max', high)])
    : g.op('Clip', [scores, low, high]);
}

/** Tokens that see only those before them. */
function gpt2(g: Exporter): string {
  let x = g.op('Add', [g.op('Gather', [g.weights(11, WIDTH), 'ids']), g.slice(g.weights(16, WIDTH), 0, 0, TOKENS)]);
  const triangle = Uint8Array.from({ length: 256 }, (_, i) => Number(i % 16 <= i >> 4));
  const seen = (scores: string): string => {
    const part = g.slice(g.slice(g.stored(BOOL, [1, 1, 16, 16], triangle), 2, 0, TOKENS), 3, 0, TOKENS);
    if (g.opset >= 9) return g.op('Where', [part, scores, -10_000]);
    const bias = g.cast(part, FLOAT32);
    return g.op('Sub', [g.op('Mul', [scores, bias]), g.op('Mul', [g.op('Sub', [1, bias]), 10_000])]);
  };
  for (let layer = 0; layer < 2; layer++) {
    const parts = g.split(g.gemm(g.layerNorm(x), WIDTH, 3 * WIDTH), 3, 2, WIDTH);
    x = g.op('Add', [x, g.gemm(g.attention(parts, seen), WIDTH, WIDTH)]);
    x = g.op('Add', [x, g.gemm(g.newGelu(g.gemm(g.layerNorm(x), WIDTH, 4 * WIDTH)), 4 * WIDTH, WIDTH)]);
  }
  return g.op('MatMul', [g.layerNorm(x), g.weights(WIDTH, 11)]);
}

const MODELS = { BERT: bert, ViT: vit, 'GPT-2': gpt2 };
const INPUTS = {
  ids: [INT64, [2, TOKENS], BigInt64Array.from({ length: 2 * TOKENS }, (_, i) => BigInt((5 * i) % 11))],
  mask: [INT64, [2, TOKENS], BigInt64Array.from({ length: 2 * TOKENS }, (_, i) => BigInt(Number(i < 10)))],
  image: [FLOAT32, [1, 3, 8, 8], Float32Array.from({ length: 192 }, (_, i) => Math.cos(i))],
} as const;
const NEEDED: Record<keyof typeof MODELS, (keyof typeof INPUTS)[]> = {
  BERT: ['ids', 'mask'],
  ViT: ['image'],
  'GPT-2': ['ids'],
};

const tensorType = (elemType: number, dims?: readonly number[]): object => ({
  tensorType: { elemType, ...(dims && { shape: { dim: dims.map((dimValue) => ({ dimValue })) } }) },
});

function exported(name: keyof typeof MODELS, opset: number): Uint8Array {
  const g = new Exporter(opset);
  g.op('Identity', [MODELS[name](g)], [], '', 'y');
  // IR version 3, of opset 8 and before, lists initializers among the inputs.
  const irVersion = opset < 9 ? 3 : opset < 15 ? 6 : 8;
  const inputs = NEEDED[name].map((input) => ({ name: input, type: tensorType(INPUTS[input][0], INPUTS[input][1]) }));
  const constants = g.initializer as { name: string; dims: number[]; dataType: number }[];
  const listed = constants.map(({ name: known, dims, dataType }) => ({
    name: known,
    type: tensorType(dataType, dims),
  }));
  return encodeModel({
    irVersion,
    producerName: 'exporter',
    opsetImport: [{ version: opset }],
    graph: {
      name: 'model',
      node: g.node,
      initializer: g.initializer,
      input: irVersion === 3 ? [...inputs, ...listed] : inputs,
      output: [{ name: 'y', type: tensorType(FLOAT32) }],
    },
  });
}

async function outputOf(name: keyof typeof MODELS, model: Uint8Array): Promise<Float32Array> {
  const session = await runtime.InferenceSession.create(model, { logSeverityLevel: 4 });
  const feeds = NEEDED[name].map((input) => {
    const [dtype, dims, data] = INPUTS[input];
    return [input, new runtime.Tensor(dtype === INT64 ? 'int64' : 'float32', data as Float32Array, dims)] as const;
  });
  const { y } = await session.run(Object.fromEntries(feeds));
  await session.release();
  return y.data as Float32Array;
}

describe.each(Object.keys(MODELS) as (keyof typeof MODELS)[])('%s', (name) => {
  test.each([7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17])('of opset %d reaches Gelu', async (opset) => {
    const model = exported(name, opset);
    const before = inspectOnnx(model);
    expect(before.gelus.map(({ variant }) => variant)).toEqual(
      Array(2).fill(opset < 9 || name === 'GPT-2' ? 'tanh' : 'none'),
    );
    const { rewritten, kept, opset: raised, bytes } = rewriteOnnx(model, { to: 'gelu' });
    expect([rewritten.length, kept]).toEqual([2, []]);
    expect(raised).toEqual({ domain: '', from: opset, to: 20 });
    expect(inspectOnnx(bytes()).gelus).toMatchObject(Array(2).fill({ written: 'Gelu', opset: 20 }));
    const [a, b] = [await outputOf(name, model), await outputOf(name, bytes())];
    expect(a.every(Number.isFinite)).toBe(true);
    expect(a.some((value) => Math.abs(value) > 0.1)).toBe(true);
    for (const [i, value] of a.entries()) expect(Math.abs(value - b[i])).toBeLessThan(1e-5);
  });
});
