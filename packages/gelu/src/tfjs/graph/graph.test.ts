import { describe, expect, it, test } from 'vitest';
import { artifacts, GraphBuilder, ops, PATTERNS, patternGraph } from '../../../test/support/graph-model.js';
import { GraphModelError, type GraphModelJSON, inspectGraphModel, OPERATION, rewriteGraphModel } from './index.js';
import type { GraphDef } from './model.js';

type Loaded = ReturnType<typeof artifacts>;
const inspect = (model: Loaded) => inspectGraphModel(model as GraphModelJSON, model.weightData as ArrayBuffer);
const rewrite = (model: Loaded, options = {}) =>
  rewriteGraphModel(model as GraphModelJSON, model.weightData as ArrayBuffer, options);
const nodesOf = (model: GraphModelJSON) => (model.modelTopology as GraphDef).node ?? [];

describe('finds, however it is written', () => {
  it.each(PATTERNS.map((p) => [p.title, p] as const))('%s', (_, { activation, parameters = {}, build }) => {
    const { graph, y } = patternGraph(build);
    const model = artifacts(graph, [y]);
    const { activations, notUnderstood } = inspect(model);
    expect(activations).toHaveLength(1);
    expect(activations[0]).toMatchObject({ activation, input: 'x', output: y, graph: 'main', shared: [] });
    expect(activations[0].parameters).toMatchObject(parameters);
    expect(activations[0].difference).toBeLessThan(1e-4);
    expect(notUnderstood).toEqual([]);
    const { model: rewritten } = rewrite(model);
    expect(nodesOf(rewritten).map(({ name, op }) => [name, op])).toEqual([
      ['x', 'Placeholder'],
      [y, OPERATION],
    ]);
    expect(inspectGraphModel(rewritten, new ArrayBuffer(0)).activations).toEqual([]);
  });
});

describe('leaves alone', () => {
  it.each<[string, (o: ReturnType<typeof ops>, x: string) => string]>([
    ['the distribution function alone', (o, x) => o.mul(0.5, o.add(1, o.erf(o.div(x, Math.SQRT2))))],
    ['an erf with another factor', (o, x) => o.mul(o.mul(0.5, x), o.add(1, o.erf(o.mul(x, 0.72))))],
    ['another half', (o, x) => o.mul(o.mul(0.51, x), o.add(1, o.erf(o.div(x, Math.SQRT2))))],
    [
      'another cubic',
      (o, x) => o.mul(o.mul(0.5, x), o.add(1, o.tanh(o.mul(0.79788, o.add(x, o.mul(0.05, o.pow(x, 3))))))),
    ],
    ['an LSTM’s product', (o, x) => o.mul(o.sigmoid(x), o.tanh(x))],
    ['a gate of another value', (o, x) => o.mul(o.g.placeholder('z'), o.sigmoid(x))],
    ['a softplus', (o, x) => o.softplus(x)],
    ['a constant that is not one number', (o, x) => o.mul(x, o.sigmoid(o.mul(x, o.g.constant([1, 1.1], [2]))))],
  ])('%s', (_, build) => {
    const { graph, y } = patternGraph(build);
    const model = artifacts(graph, [y]);
    expect(inspect(model).activations).toEqual([]);
    expect(inspect(model).notUnderstood.length).toBeGreaterThan(0);
    expect(rewrite(model).model).toBe(model);
  });

  it('integers', () => {
    const g = new GraphBuilder();
    const x = g.placeholder();
    const int = { T: { type: 'DT_INT32' } };
    const three = g.op('AddV2', [x, g.constant(3)], int);
    const y = g.op('Mul', [x, g.op('RealDiv', [g.op('Relu6', [three], int), g.constant(6)], int)], int);
    expect(inspect(artifacts(g, [y])).activations).toEqual([]);
  });
});

const erfGelu = (o: ReturnType<typeof ops>, x: string): string => {
  const e = o.erf(o.div(x, Math.SQRT2));
  return o.mul(o.mul(0.5, x), o.add(1, e));
};

test('values that others read stay: outputs, other nodes, order, what a caller asks for', () => {
  const { graph, y } = patternGraph(erfGelu);
  const erf = graph.nodes.find(({ op }) => op === 'Erf')!.name;
  const sum = graph.nodes.find(({ op }) => op === 'AddV2')!.name;
  const has = (model: GraphModelJSON, name: string) => nodesOf(model).some((node) => node.name === name);
  const plain = artifacts(graph, [y]);
  expect(has(rewrite(plain).model, erf)).toBe(false);
  expect(has(rewrite(plain, { keep: [erf] }).model, erf)).toBe(true);
  expect(has(rewrite(plain, { keep: [`${erf}:0`] }).model, sum)).toBe(false);
  const asOutput = rewrite(artifacts(graph, [y, erf]));
  expect(has(asOutput.model, erf)).toBe(true);
  expect(asOutput.rewritten[0].shared).toEqual([erf]);
  graph.op('Neg', [sum], {}, 'other');
  const read = rewrite(artifacts(graph, [y, 'other']));
  expect([has(read.model, erf), has(read.model, sum)]).toEqual([true, true]);
  graph.nodes.push({ name: 'late', op: 'Identity', input: ['x', `^${erf}`] });
  expect(has(rewrite(artifacts(graph, [y, 'late'])).model, erf)).toBe(true);
});

test('without a signature every end is an output: no new ones come', () => {
  const { graph, y } = patternGraph(erfGelu);
  graph.constant(7); // an end of its own
  const { model } = rewrite(artifacts(graph, undefined));
  expect(nodesOf(model).map(({ name }) => name)).toEqual(['x', y, graph.nodes.at(-1)!.name]);
});

test('order of other nodes is kept', () => {
  const { graph, y } = patternGraph(erfGelu);
  graph.op('Neg', ['x'], {}, 'first');
  const i = graph.nodes.findIndex(({ op }) => op === 'Erf');
  graph.nodes[i] = { ...graph.nodes[i], input: [...graph.nodes[i].input!, '^first'] };
  const { model } = rewrite(artifacts(graph, [y]));
  expect(nodesOf(model).find(({ name }) => name === y)?.input).toEqual(['x', '^first']);
});

test('constants: quantized, as float16, filled, through an Enter', () => {
  const { graph, y } = patternGraph(erfGelu);
  const model = artifacts(graph, [y]);
  const half = (v: number) => {
    const e = Math.floor(Math.log2(v));
    return ((e + 15) << 10) + Math.round(v * 2 ** (10 - e)) - 1024;
  };
  const float16 = {
    ...model,
    weightSpecs: model.weightSpecs!.map((spec) => ({ ...spec, quantization: { dtype: 'float16' as const } })),
    weightData: Uint16Array.from(graph.weights, ({ values }) => half(values[0])).buffer,
  };
  const quantized = {
    ...model,
    weightSpecs: model.weightSpecs!.map((spec, i) => ({
      ...spec,
      quantization: { dtype: 'uint8' as const, scale: 1, min: graph.weights[i].values[0] },
    })),
    weightData: new Uint8Array(graph.weights.length).buffer,
  };
  for (const kind of [float16, quantized]) expect(inspect(kind).activations).toHaveLength(1);
  const i = graph.nodes.findIndex(({ op }) => op === 'Erf');
  graph.op('Enter', [graph.nodes.find(({ op }) => op === 'Const')!.name], {}, 'enter');
  const division = graph.nodes[i - 1];
  graph.nodes[i - 1] = { ...division, input: ['x', 'enter'] };
  expect(inspect(artifacts(graph, [y])).activations).toHaveLength(1);
  const truncated = { ...model, weightData: (model.weightData as ArrayBuffer).slice(0, 2) };
  expect(inspect(truncated).activations).toEqual([]);
});

test('functions of the library are searched too', () => {
  const g = new GraphBuilder('body/', true);
  const y = erfGelu(ops(g), 'arg');
  const body = {
    signature: { name: 'body', inputArg: [{ name: 'arg' }], outputArg: [{ name: 'out' }] },
    nodeDef: g.nodes,
    ret: { out: y },
  };
  const main = new GraphBuilder();
  const z = main.op('StatelessIf', [main.placeholder('c'), main.placeholder('x')]);
  const model = artifacts(main, [z], [body], [g]);
  expect(inspect(model).activations).toMatchObject([{ graph: 'body', input: 'arg', activation: 'gelu' }]);
  const [f] = (rewrite(model).model.modelTopology as GraphDef).library!.function!;
  expect(f.nodeDef).toMatchObject([{ name: y.split(':')[0], op: OPERATION, input: ['arg'] }]);
  expect(f.ret).toEqual({ out: y });
});

test('operations that TensorFlow.js has not', () => {
  const g = new GraphBuilder();
  const x = g.placeholder();
  const fused = (name: string) => ({ list: { s: ['BiasAdd', name].map(btoa) } });
  g.op(
    '_FusedMatMul',
    [x, g.constant([1], [1, 1]), g.constant([0], [1])],
    { fused_ops: fused('GeluExact') },
    'product',
  );
  g.op('_MklSwish', ['product'], {}, 'swish');
  g.op('_FusedMatMul', ['swish', x, x], { fused_ops: fused('Relu') }, 'relu');
  const model = artifacts(g, ['relu']);
  expect(inspect(model).activations.map((a) => [a.written, a.activation])).toEqual([
    ['_FusedMatMul', 'gelu'],
    ['_MklSwish', 'silu'],
  ]);
  const nodes = nodesOf(rewrite(model).model).filter(({ op }) => op !== 'Const');
  expect(nodes.map(({ name, op, input }) => [name, op, input?.[0]])).toEqual([
    ['x', 'Placeholder', undefined],
    ['product/activation_input', '_FusedMatMul', 'x'],
    ['product', OPERATION, 'product/activation_input'],
    ['swish', OPERATION, 'product'],
    ['relu', '_FusedMatMul', 'swish'],
  ]);
  expect(nodes[1].attr?.fused_ops).toEqual({ list: { s: [btoa('BiasAdd')] } });
});

test('large, deep and circular graphs take no more than their size', () => {
  const g = new GraphBuilder();
  let x = g.placeholder();
  for (let i = 0; i < 2000; i++) x = erfGelu(ops(g), x);
  for (let i = 0; i < 50_000; i++) x = g.op('Identity', [x]);
  g.nodes.push({ name: 'circle', op: 'Tanh', input: ['circle2'] }, { name: 'circle2', op: 'Neg', input: ['circle'] });
  const { rewritten, model } = rewrite(artifacts(g, [x]));
  expect(rewritten).toHaveLength(2000);
  expect(nodesOf(model)).toHaveLength(1 + 2000 + 50_000 + 2);
});

test('what is no graph model is said', () => {
  const none = new ArrayBuffer(0);
  const layers = { format: 'layers-model', modelTopology: { model_config: {} } };
  expect(() => inspectGraphModel(layers, none)).toThrow(/layers model.*loadLayersModel/);
  expect(() => inspectGraphModel({ modelTopology: {} }, none)).toThrow(GraphModelError);
  expect(() => inspectGraphModel({}, none)).toThrow(GraphModelError);
  expect(() => inspectGraphModel(null as never, none)).toThrow("'model' must be");
  expect(() => inspectGraphModel({ modelTopology: { node: [null] } }, none)).toThrow('is no node');
  expect(() => inspectGraphModel({ modelTopology: { node: [] } }, 'x' as never)).toThrow("'weights' must be");
});

test('damaged models: an error of this library, or what is whole of them', () => {
  const { graph, y } = patternGraph(erfGelu);
  const body = { signature: { name: 'f', inputArg: [{ name: 'x' }] }, nodeDef: graph.nodes, ret: { o: `${y}:z:0` } };
  const model = { ...artifacts(graph, [y], [body]), weightData: undefined };
  const { weightData } = artifacts(graph, [y]);
  let state = 1;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const odd = [null, undefined, 5, -1, 1e9, Number.NaN, '', 'x', '^x', 'x:0:0:0', [], {}, true, [null], { name: 1 }];
  const mutate = (value: unknown): unknown => {
    if (random() < 0.01) return odd[Math.floor(random() * odd.length)];
    if (Array.isArray(value)) {
      const items = value.map(mutate);
      if (random() < 0.05) items.splice(Math.floor(random() * items.length), 1);
      return items;
    }
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mutate(item)]));
  };
  let whole = 0;
  for (let i = 0; i < 3000; i++) {
    try {
      rewriteGraphModel(mutate(model) as GraphModelJSON, weightData as ArrayBuffer);
      whole++;
    } catch (error) {
      expect((error as Error).name).toMatch(/^(GraphModelError|GeluTypeError)$/);
    }
  }
  expect(whole).toBeGreaterThan(100);
});
