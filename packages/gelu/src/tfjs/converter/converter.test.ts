import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tfc from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { testPoints, worstError } from '../../../test/support/errors.js';
import { artifacts, GraphBuilder, ops, PATTERNS, patternGraph } from '../../../test/support/graph-model.js';
import { activation } from '../../activations/index.js';
import { gelu } from '../index.js';
import { loadGraphModel } from './index.js';

beforeAll(() => tf.enableProdMode());

const erfGelu = PATTERNS[0].build;

async function run(model: tfc.GraphModel, x: tf.Tensor): Promise<Float32Array> {
  const y = model.execute({ x }) as tf.Tensor;
  const data = (await y.data()) as Float32Array;
  y.dispose();
  return data;
}

describe.each(['cpu', 'wasm'])('on the backend %s', (backend) => {
  beforeAll(async () => void (await tf.setBackend(backend)));

  it.each(PATTERNS.map((p) => [p.title, p] as const))('%s: the function itself', async (_, pattern) => {
    const { graph, y } = patternGraph(pattern.build);
    const model = await loadGraphModel(tf.io.fromMemory(artifacts(graph, [y])));
    const points = testPoints().filter((_, i, all) => i % 17 === 0 || i > all.length - 16);
    const x = tf.tensor1d(points);
    const before = tf.memory().numTensors;
    const data = await run(model, x);
    expect(tf.memory().numTensors).toBe(before);
    const bound = activation(pattern.activation, pattern.parameters);
    expect(worstError(bound, 0, points, data).worst).toBeLessThanOrEqual(1);
    const least = [Number.NEGATIVE_INFINITY, Number.NaN].map((v) => tf.tensor1d([v]));
    expect((await run(model, least[0]))[0]).toBeCloseTo(0, 20);
    expect((await run(model, least[1]))[0]).toBeNaN();
    model.dispose();
    tf.dispose([x, ...least]);
  });

  it('values between are there for others', async () => {
    const { graph, y } = patternGraph(erfGelu);
    const erf = graph.nodes.find(({ op }) => op === 'Erf')!.name;
    const files = artifacts(graph, [y]);
    const model = await loadGraphModel(tf.io.fromMemory(files), { keep: [erf] });
    const [v, e] = model.execute({ x: tf.tensor1d([1, -2]) }, [y, erf]) as tf.Tensor[];
    expect(v.dataSync()).toEqual(gelu(tf.tensor1d([1, -2])).dataSync());
    expect(e.dataSync()[0]).toBeCloseTo(0.6826895, 5);
    const bare = await loadGraphModel(tf.io.fromMemory(files));
    expect(() => bare.execute({ x: tf.tensor1d([1]) }, erf)).toThrow(erf);
  });

  it('constants that are no scalars give the result their shape', async () => {
    const g = new GraphBuilder();
    const o = ops(g);
    const x = g.placeholder('x', [-1, 1]);
    const y = o.mul(x, o.sigmoid(o.mul(x, g.constant([1.702, 1.702, 1.702], [1, 1, 3]))));
    const original = await tfc.loadGraphModel(tf.io.fromMemory(artifacts(g, [y])));
    const ours = await loadGraphModel(tf.io.fromMemory(artifacts(g, [y])));
    const input = tf.tensor2d([[1], [2]]);
    const [a, b] = [original, ours].map((model) => model.predict(input) as tf.Tensor);
    expect(b.shape).toEqual(a.shape);
    for (const [i, v] of b.dataSync().entries()) expect(v).toBeCloseTo(a.dataSync()[i], 5);
  });

  it('in the branches of an If, in the body of a While, between Switch and Merge', async () => {
    const body = (name: string, build: (g: GraphBuilder, x: string) => string) => {
      const g = new GraphBuilder(`${name}/`, true);
      const y = build(g, 'arg');
      const type = 'DT_FLOAT';
      const signature = { name, inputArg: [{ name: 'arg', type }], outputArg: [{ name: 'out', type }] };
      return { g, f: { signature, nodeDef: g.nodes, ret: { out: y } } };
    };
    const yes = body('yes', (g, x) => erfGelu(ops(g), x));
    const no = body('no', (g, x) => PATTERNS.find(({ title }) => title === 'Mish')!.build(ops(g), x));
    const step = body('step', (g, x) => ops(g).add(erfGelu(ops(g), x), 0.1));
    const less = body('less', (g, x) => g.op('Less', [x, g.constant(0)]));
    const main = new GraphBuilder();
    const [c, x] = [main.placeholder('c', [], 'DT_BOOL'), main.placeholder('x', [])];
    const func = (name: string) => ({ func: { name } }) as never;
    const conditional = main.op('StatelessIf', [c, x], { then_branch: func('yes'), else_branch: func('no') });
    const loop = main.op('StatelessWhile', [x], { cond: func('less'), body: func('step') });
    const [pivot, split] = [main.op('Identity', [c]), main.op('Switch', [x, c])];
    const [left, right] = [erfGelu(ops(main), `${split}:0`), main.op('Neg', [`${split}:1`, `^${pivot}`])];
    const merged = main.op('Merge', [left, right]);
    const bodies = [yes, no, step, less];
    const files = () =>
      artifacts(
        main,
        [conditional, loop, merged],
        bodies.map(({ f }) => f),
        bodies.map(({ g }) => g),
      );
    let found = 0;
    const ours = await loadGraphModel(tf.io.fromMemory(files()), { onRewrite: (all) => (found = all.length) });
    expect(found).toBe(4);
    const theirs = await tfc.loadGraphModel(tf.io.fromMemory(files()));
    for (const value of [true, false]) {
      const inputs = { c: tf.scalar(value, 'bool'), x: tf.scalar(-0.4) };
      const results = await Promise.all(
        [ours, theirs].map(async (model) =>
          ((await model.executeAsync(inputs, [conditional, loop, merged])) as tf.Tensor[]).map((t) => t.dataSync()[0]),
        ),
      );
      for (const [i, v] of results[0].entries()) expect(v).toBeCloseTo(results[1][i], 5);
    }
  });

  it('is differentiable', async () => {
    const { graph, y } = patternGraph(erfGelu);
    const model = await loadGraphModel(tf.io.fromMemory(artifacts(graph, [y])));
    const x = tf.tensor1d([-3, -0.75, 0, 2]);
    const slopes = [(t: tf.Tensor) => model.predict(t) as tf.Tensor, (t: tf.Tensor) => gelu(t)].map((f) =>
      tf.grad(f)(x),
    );
    expect(slopes[0].dataSync()).toEqual(slopes[1].dataSync());
  });
});

test('what TensorFlow.js cannot load at all: GELU fused into a product', async () => {
  await tf.setBackend('cpu');
  const g = new GraphBuilder();
  const inputs = [g.placeholder('x', [-1, 1]), g.constant([2], [1, 1]), g.constant([-1], [1])];
  const fused = { list: { s: ['BiasAdd', 'GeluExact'].map(btoa) } };
  const y = g.op('_FusedMatMul', inputs, { fused_ops: fused, num_args: { i: 1 } });
  const model = await loadGraphModel(tf.io.fromMemory(artifacts(g, [y])));
  const result = model.predict(tf.tensor2d([[1], [0]])) as tf.Tensor;
  expect(result.dataSync()).toEqual(gelu(tf.tensor1d([1, -1])).dataSync());
});

test('weights that come as a stream', async () => {
  const { graph, y } = patternGraph(erfGelu);
  const { weightData, ...rest } = artifacts(graph, [y]);
  const bytes = new Uint8Array(weightData as ArrayBuffer);
  const getWeightStream = () =>
    new ReadableStream<ArrayBuffer>({
      start(controller) {
        for (let i = 0; i < bytes.length; i += 3) controller.enqueue(bytes.slice(i, i + 3).buffer);
        controller.close();
      },
    });
  let rewritten = 0;
  const model = await loadGraphModel(
    { load: async () => ({ ...rest, getWeightStream }) },
    { onRewrite: (all) => (rewritten = all.length) },
  );
  expect(rewritten).toBe(1);
  expect((model.predict(tf.tensor1d([1])) as tf.Tensor).dataSync()[0]).toBeCloseTo(0.8413447, 6);
});

test('bad arguments', async () => {
  await expect(loadGraphModel(undefined as never)).rejects.toThrow("'model' must be");
  await expect(loadGraphModel({} as never)).rejects.toThrow("'model' must be");
  const layers = { modelTopology: { class_name: 'Sequential' } };
  await expect(loadGraphModel({ load: async () => layers })).rejects.toThrow('loadLayersModel');
});
