import { inspectOnnx, type OnnxFile, type OnnxReport, type OnnxTarget, rewriteOnnx } from 'gelu/onnx';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadRuntime, type Runtime } from '../implementations/onnx.js';
import { withoutTraces } from '../implementations/traces.js';
import { FLOAT32, GraphBuilder, integer, string, value } from './graph-builder.js';
import { EXPONENTIAL_PATTERNS, OTHER_PATTERNS, PATTERNS } from './patterns.js';
import { encodeModel } from './schema.js';

// Kinds of models that people have: what is found in them, what is said of the rest, and that a rewrite computes the same.

let runtime: Runtime;
beforeAll(async () => {
  runtime = await withoutTraces(() => loadRuntime('node'));
});

type Build = (g: GraphBuilder, x: string) => string;

interface Surroundings {
  opset?: number;
  irVersion?: number;
  dims?: (number | string)[];
  outputs?: object[];
  inputs?: object[];
  functions?: object[];
}

const shaped = (name: string, dims: (number | string)[]): object => {
  const dim = dims.map((n) => (typeof n === 'number' ? { dimValue: n } : { dimParam: n }));
  return { name, type: { tensorType: { elemType: FLOAT32, shape: { dim } } } };
};

function model(build: Build, around: Surroundings = {}): Uint8Array {
  const { opset = 18, irVersion = 8, dims = ['a', 'b'], outputs, inputs = [], functions = [] } = around;
  const g = new GraphBuilder();
  g.op('Identity', [build(g, 'x')], [], '', 'y');
  const graph = {
    name: 'model',
    node: g.node,
    initializer: g.initializer,
    input: [shaped('x', dims), ...inputs],
    output: outputs ?? [{ name: 'y', type: { tensorType: { elemType: FLOAT32 } } }],
  };
  const opsetImport = [
    { domain: '', version: opset },
    { domain: 'com.microsoft', version: 1 },
  ];
  return encodeModel({ irVersion, opsetImport, graph, functions });
}

const X = Float32Array.from({ length: 24 }, (_, i) => (i - 12) / 3);

async function run(bytes: Uint8Array, shape = [4, 6]): Promise<Record<string, Float32Array>> {
  const { InferenceSession, Tensor } = runtime;
  const session = await InferenceSession.create(bytes, { executionProviders: ['cpu'], logSeverityLevel: 4 });
  const outputs = await session.run({ x: new Tensor('float32', X, shape) });
  await session.release();
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { data, dims }]) => [name, Object.assign(data, { dims })]),
  ) as never;
}

async function expectSame(bytes: Uint8Array, to: OnnxTarget, count = 1, shape?: number[]): Promise<void> {
  const { rewritten, bytes: after } = rewriteOnnx(bytes, { to, activation: 'all' });
  expect(rewritten).toHaveLength(count);
  const [a, b] = [await run(bytes, shape), await run(after(), shape)];
  for (const [name, values] of Object.entries(a)) {
    expect((b[name] as { dims?: unknown }).dims).toEqual((values as { dims?: unknown }).dims);
    for (const [i, v] of values.entries()) expect(Math.abs(v - b[name][i]), `${name} ${i}`).toBeLessThan(3e-6);
  }
}

const erf = (g: GraphBuilder, x: string): string => g.op('Add', [g.op('Erf', [g.op('Div', [x, Math.SQRT2])]), 1]);
const gelu: Build = (g, x) => g.op('Mul', [g.op('Mul', [x, erf(g, x)]), 0.5]);
const reasons = ({ notUnderstood }: OnnxReport): string[] => notUnderstood.map(({ op, reason }) => `${op}: ${reason}`);

describe('x under several names', () => {
  test('computed twice by equal nodes', async () => {
    const bytes = model((g, x) => {
      const bias = g.constant(0.25);
      const [one, two] = [g.op('Add', [x, bias]), g.op('Add', [x, bias])];
      return g.op('Mul', [g.op('Mul', [one, 0.5]), erf(g, two)]);
    });
    expect(inspectOnnx(bytes).gelus).toMatchObject([{ variant: 'none', shared: [] }]);
    await expectSame(bytes, 'gelu');
    // Nothing is left of it: one of the sums, Gelu, Identity.
    expect(inspectOnnx(rewriteOnnx(bytes, { to: 'gelu' }).bytes()).nodes).toBe(3);
  });
  test('a dequantizer for each consumer', async () => {
    const bytes = model((g, x) => {
      const [scale, zero] = [g.constant(0.05), byte(g, 120)];
      const q = g.op('QuantizeLinear', [x, scale, zero]);
      const [one, two] = [0, 1].map(() => g.op('DequantizeLinear', [q, scale, zero]));
      return g.op('Mul', [g.op('Mul', [one, erf(g, two)]), 0.5]);
    });
    expect(inspectOnnx(bytes).gelus).toMatchObject([{ variant: 'none', written: 'erf' }]);
    await expectSame(bytes, 'microsoft');
  });
  test('unequal nodes are not the same', () => {
    const bytes = model((g, x) => g.op('Mul', [g.op('Mul', [g.op('Add', [x, 1]), 0.5]), erf(g, g.op('Add', [x, 2]))]));
    expect(inspectOnnx(bytes).gelus).toEqual([]);
    const random = model((g, x) => {
      const [one, two] = [0, 1].map(() => g.op('RandomNormalLike', [x]));
      return g.op('Mul', [g.op('Mul', [one, 0.5]), erf(g, two)]);
    });
    expect(inspectOnnx(random).gelus).toEqual([]);
  });
});

function byte(g: GraphBuilder, v: number): string {
  g.initializer.push({ name: `byte${g.initializer.length}`, dims: [], dataType: 2, rawData: Uint8Array.of(v) });
  return `byte${g.initializer.length - 1}`;
}

test('quantizers between the steps: reported, and kept as they are', () => {
  const bytes = model((g, x) => {
    const quantized = (v: string, scale: number, zero: number): string => {
      const [s, z] = [g.constant(scale), byte(g, zero)];
      return g.op('DequantizeLinear', [g.op('QuantizeLinear', [v, s, z]), s, z]);
    };
    const half = g.op('DequantizeLinear', [byte(g, 255), g.constant(0.5 / 255), byte(g, 0)]);
    const e = quantized(g.op('Erf', [quantized(g.op('Div', [x, Math.SQRT2]), 0.05, 128)]), 1 / 127, 128);
    const product = quantized(g.op('Mul', [x, quantized(g.op('Add', [e, 1]), 2 / 255, 0)]), 0.1, 20);
    return g.op('Mul', [product, half]);
  });
  expect(inspectOnnx(bytes).gelus).toMatchObject([{ variant: 'none', quantized: true, runtime: { plan: 'unfused' } }]);
  const { rewritten, kept, bytes: after } = rewriteOnnx(bytes, { to: 'gelu' });
  expect(rewritten).toEqual([]);
  expect(kept[0].reason).toMatch(/values are quantized between its steps \(QuantizeLinear '\/QuantizeLinear_\d+'\)/);
  expect(after()).toEqual(bytes);
});

describe('elements that are moved on the way', () => {
  const tails: Record<string, (g: GraphBuilder, v: string) => string> = {
    Transpose: (g, v) => g.op('Transpose', [v], [{ name: 'perm', ints: [1, 0], type: 7 }]),
    'Transpose without perm': (g, v) => g.op('Transpose', [v]),
    Reshape: (g, v) => g.op('Reshape', [v, list(g, -1, 3)]),
    Flatten: (g, v) => g.op('Flatten', [v], [integer('axis', 0)]),
    Unsqueeze: (g, v) => g.op('Unsqueeze', [v, list(g, 1)]),
    'Transpose, Unsqueeze': (g, v) => g.op('Unsqueeze', [g.op('Transpose', [v]), list(g, 0)]),
    'Reshape, Transpose': (g, v) => g.op('Transpose', [g.op('Reshape', [v, list(g, 8, 3)])]),
  };
  test.each(Object.entries(tails))('%s of both factors', async (_, move) => {
    const bytes = model((g, x) => {
      const half = move(g, g.op('Mul', [x, 0.5]));
      const e = g.op('Erf', [move(g, g.op('Mul', [x, Math.SQRT1_2]))]);
      return g.op('Mul', [half, g.op('Add', [1, e])]);
    });
    expect(inspectOnnx(bytes).gelus).toMatchObject([{ variant: 'none', input: 'x', shared: [] }]);
    for (const to of ['gelu', 'microsoft', 'accurate'] as const) await expectSame(bytes, to);
  });
  test.each(Object.keys(tails))('%s of one factor alone is another function', (name) => {
    const square = { dims: [4, 4] };
    const bytes = model((g, x) => g.op('Mul', [g.op('Mul', [x, 0.5]), erf(g, tails[name](g, x))]), square);
    expect(inspectOnnx(bytes).gelus).toEqual([]);
  });
  test('axes that are attributes become inputs where the opset is raised', async () => {
    const axes = { name: 'axes', ints: [0], type: 7 };
    const move: Build = (g, v) => g.op('Unsqueeze', [v], [axes]);
    const bytes = model(
      (g, x) =>
        g.op('Mul', [
          move(g, g.op('Mul', [x, 0.5])),
          g.op('Add', [move(g, g.op('Erf', [g.op('Div', [x, Math.SQRT2])])), 1]),
        ]),
      { opset: 11 },
    );
    await expectSame(bytes, 'gelu');
    await expectSame(bytes, 'microsoft');
  });
});

function list(g: GraphBuilder, ...values: number[]): string {
  return g.op('Constant', [], [{ name: 'value_ints', ints: values, type: 7 }]);
}

describe('values that several use', () => {
  const two: Build = (g, x) => {
    const gate = erf(g, x);
    const one = g.op('Mul', [g.op('Mul', [x, gate]), 0.5]);
    return g.op('Add', [one, g.op('Mul', [g.op('Mul', [x, 0.5]), gate])]);
  };
  test('two GELUs of one erf are replaced together', async () => {
    const bytes = model(two);
    const { gelus } = inspectOnnx(bytes);
    expect(gelus.map(({ shared }) => shared)).toEqual([[], []]);
    await expectSame(bytes, 'gelu', 2);
    const [{ output }] = gelus;
    const { kept, rewritten } = rewriteOnnx(bytes, { to: 'gelu', filter: (each) => each.output === output });
    expect(rewritten).toEqual([]);
    expect(kept.map(({ reason }) => reason).sort()).toEqual([
      expect.stringMatching(/it has nodes in common with 'Mul_\d+', which is kept/),
      'not chosen',
    ]);
  });
  test('its derivative uses the erf of a GELU, too', () => {
    const bytes = model((g, x) => {
      const gate = erf(g, x);
      const y = g.op('Mul', [g.op('Mul', [x, gate]), 0.5]);
      return g.op('Sub', [y, gate]);
    });
    expect(inspectOnnx(bytes).gelus[0].shared).toEqual([expect.stringMatching(/^Add_/)]);
    expect(rewriteOnnx(bytes, { to: 'gelu' }).kept[0].reason).toMatch(/used elsewhere/);
  });
});

describe('constants', () => {
  test('initializers that are inputs may be overridden', async () => {
    const g = new GraphBuilder();
    gelu(g, 'x');
    const names = g.initializer.map((each) => (each as { name: string }).name);
    const bytes = model(gelu, { inputs: names.map((name) => shaped(name, [])) });
    expect([...(inspectOnnx(bytes).gelus[0].overridable ?? [])].sort()).toEqual([...names].sort());
    await expectSame(bytes, 'gelu');
    // Before IR version 4 all had to be listed.
    expect(
      inspectOnnx(model(gelu, { irVersion: 3, inputs: names.map((name) => shaped(name, [])) })).gelus[0].overridable,
    ).toBeUndefined();
  });

  const filled = (g: GraphBuilder, v: number, dims: number[]): string => {
    const count = dims.reduce((product, n) => product * n, 1);
    const name = `filled${g.initializer.length}`;
    g.initializer.push({
      name,
      dims,
      dataType: FLOAT32,
      rawData: new Uint8Array(new Float32Array(count).fill(v).buffer),
    });
    return name;
  };
  const withHalf =
    (dims: number[]): Build =>
    (g, x) =>
      g.op('Mul', [g.op('Mul', [x, erf(g, x)]), filled(g, 0.5, dims)]);
  test('tensors of one value', async () => {
    await expectSame(model(withHalf([4, 6]), { dims: [4, 6] }), 'gelu');
    await expectSame(model(withHalf([6]), { dims: ['n', 6] }), 'gelu');
  });
  test('larger than x they make another function', () => {
    expect(inspectOnnx(model(withHalf([4, 8]), { dims: [4, 1] })).gelus).toEqual([]);
    expect(inspectOnnx(model(withHalf([2, 4, 6]), { dims: [4, 6] })).gelus).toEqual([]);
    // It may be that they are not.
    const perhaps = model(withHalf([4, 6]), { dims: ['a', 'b'] });
    expect(inspectOnnx(perhaps).gelus).toHaveLength(1);
    expect(rewriteOnnx(perhaps, { to: 'gelu' }).kept[0].reason).toMatch(/constants may be larger than its input/);
  });
  test('tensors of several values', () => {
    const bytes = model((g, x) => {
      g.initializer.push({
        name: 'h',
        dims: [2],
        dataType: FLOAT32,
        rawData: new Uint8Array(Float32Array.of(0.5, 0.25).buffer),
      });
      return g.op('Mul', [g.op('Mul', [x, erf(g, x)]), 'h']);
    });
    expect(reasons(inspectOnnx(bytes))).toEqual([expect.stringMatching(/^Erf: of 'x' it makes 2 · GELU\(x\)/)]);
  });
  test('of a graph around', async () => {
    const inner = new GraphBuilder({}, 'in_');
    const e = inner.op('Add', [inner.op('Erf', [inner.op('Div', ['x', 'root'])]), 'one']);
    inner.op('Mul', [inner.op('Mul', ['x', e]), 'half'], [], '', 'out');
    const branch = (name: string): object => ({
      name,
      g: { name, node: inner.node, output: [{ name: 'out', type: { tensorType: { elemType: FLOAT32 } } }] },
      type: 5,
    });
    const bytes = model((g) => {
      const number = (name: string, v: number): string =>
        g.op('Constant', [], [{ name: 'value_float', f: v, type: 1 }], '', name);
      number('two', 2);
      g.op('Sqrt', ['two'], [], '', 'root');
      number('one', 1);
      number('half', 0.5);
      const condition = g.op('Greater', [g.op('ReduceMax', ['x'], [integer('keepdims', 0)]), 0]);
      return g.op('If', [condition], [branch('then_branch'), branch('else_branch')]);
    });
    expect(inspectOnnx(bytes).gelus).toMatchObject(
      [{ graph: /then/ }, { graph: /else/ }].map(() => ({ variant: 'none', input: 'x' })),
    );
    await expectSame(bytes, 'microsoft', 2);
  });
  test('in another file', () => {
    const data = new Uint8Array(Float32Array.of(Math.SQRT2, 1, 0.5).buffer);
    const g = new GraphBuilder();
    g.op('Identity', [gelu(g, 'x')], [], '', 'y');
    const initializer = g.initializer.map((each, i) => ({
      name: (each as { name: string }).name,
      dims: [],
      dataType: FLOAT32,
      dataLocation: 1,
      externalData: [
        { key: 'location', value: 'weights.bin' },
        { key: 'offset', value: String(4 * i) },
        { key: 'length', value: '4' },
      ],
    }));
    const graph = { name: 'g', node: g.node, initializer, input: [value('x')], output: [value('y')] };
    const bytes = encodeModel({ irVersion: 8, opsetImport: [{ domain: '', version: 18 }], graph });
    expect(reasons(inspectOnnx(bytes))).toEqual(['Erf: its constants are in weights.bin, which was not given']);
    const read = (of: Uint8Array): OnnxFile => ({ size: of.length, read: (a, b) => of.subarray(a, b) });
    const file = { ...read(bytes), external: (path: string) => (path === 'weights.bin' ? read(data) : undefined) };
    expect(inspectOnnx(file)).toMatchObject({ gelus: [{ variant: 'none' }], notUnderstood: [] });
    expect(inspectOnnx(rewriteOnnx(file, { to: 'gelu' }).bytes()).gelus).toMatchObject([{ written: 'Gelu' }]);
  });
  test('with few digits: found, with the difference; not rewritten unless it is said what is meant', () => {
    const rounded = model((g, x) =>
      g.op('Mul', [g.op('Mul', [x, g.op('Add', [g.op('Erf', [g.op('Div', [x, 1414 / 1000])]), 1])]), 0.5]),
    );
    const [{ deviation }] = inspectOnnx(rounded).gelus;
    expect(deviation).toBeGreaterThan(3e-5);
    expect(deviation).toBeLessThan(5e-5);
    expect(rewriteOnnx(rounded, { to: 'gelu' }).kept[0].reason).toMatch(
      /rounded so that it differs .* by up to 4\.\de-5/,
    );
    expect(rewriteOnnx(rounded, { to: 'gelu', variant: 'none' }).rewritten).toHaveLength(1);
    expect(inspectOnnx(model(gelu)).gelus[0]).not.toHaveProperty('deviation');
  });
});

describe('nodes that do more than an activation', () => {
  const node =
    (op: string, inputs: number, attributes: object[] = []): Build =>
    (g, x) =>
      g.op(op, [x, ...Array.from({ length: inputs - 1 }, (_, i) => `w${i}`)], attributes, 'com.microsoft');
  test.each<[string, number, object[], object]>([
    ['GemmFastGelu', 3, [], { variant: 'tanh', part: /matrix product/ }],
    ['BiasSplitGelu', 2, [], { variant: 'none', part: /other half/ }],
    ['MoE', 5, [string('activation_type', 'gelu')], { variant: 'tanh', part: /experts/ }],
    ['QMoE', 5, [string('activation_type', 'gelu')], { variant: 'tanh', part: /experts/ }],
  ])('%s', (op, inputs, attributes, { part, ...expected }: { part?: RegExp }) => {
    const bytes = model(node(op, inputs, attributes));
    expect(inspectOnnx(bytes).gelus).toMatchObject([
      { ...expected, written: `com.microsoft.${op}`, part: expect.stringMatching(part ?? '') },
    ]);
    for (const to of ['gelu', 'microsoft', 'accurate', 'decomposed'] as const) {
      const { rewritten, kept, bytes: after } = rewriteOnnx(bytes, { to });
      expect(rewritten).toEqual([]);
      expect(kept[0].reason).toMatch(new RegExp(`inside of com.microsoft.${op}`));
      expect(after()).toEqual(bytes);
    }
  });
  test('SiLU of experts and after a normalization', () => {
    const experts = model(node('MoE', 5, [string('activation_type', 'silu')]));
    expect(inspectOnnx(experts).others).toMatchObject([{ activation: 'silu', parameters: { beta: 1 } }]);
    expect(inspectOnnx(model(node('GroupNorm', 3, [integer('activation', 1)]))).others).toMatchObject([
      { activation: 'silu' },
    ]);
    expect(inspectOnnx(model(node('GroupNorm', 3, [integer('activation', 0)]))).others).toEqual([]);
  });
  test('an operator that is known by its name only', () => {
    const foreign = model((g, x) => g.op('FancyGelu', [x], [], 'acme'));
    expect(inspectOnnx(foreign)).toMatchObject({
      gelus: [],
      notUnderstood: [{ op: 'acme.FancyGelu', index: 0, graph: 'main' }],
    });
    // One that the model defines is what it is defined as.
    const node = [{ opType: 'Gelu', input: ['p'], output: ['q'] }];
    const body = {
      name: 'FancyGelu',
      domain: 'acme',
      input: ['p'],
      output: ['q'],
      node,
      opsetImport: [{ domain: '', version: 20 }],
    };
    const own = model((g, x) => g.op('FancyGelu', [x], [], 'acme'), { opset: 20, functions: [body] });
    expect(inspectOnnx(own)).toMatchObject({ gelus: [{ graph: 'function acme:FancyGelu' }], notUnderstood: [] });
  });
});

describe('what is no activation is said', () => {
  const tanhWith =
    (cubic: number): Build =>
    (g, x) => {
      const sum = g.op('Add', [x, g.op('Mul', [g.op('Pow', [x, 3]), cubic])]);
      return g.op('Mul', [g.op('Mul', [x, 0.5]), g.op('Add', [g.op('Tanh', [g.op('Mul', [sum, 0.7978845608])]), 1])]);
    };
  test.each<[string, Build, RegExp[]]>([
    ['2 · GELU', (g, x) => g.op('Mul', [x, erf(g, x)]), [/Erf: of 'x' it makes 2 · GELU\(x\)/]],
    [
      '⅓ · SiLU',
      (g, x) => g.op('Mul', [g.op('Mul', [x, 1 / 3]), g.op('Sigmoid', [x])]),
      [/Sigmoid: of 'x' it makes 0\.333333 · x·σ\(1·x\)/],
    ],
    ['Φ alone', (g, x) => g.op('Mul', [erf(g, x), 0.5]), [/Erf: of 'x' it makes Φ\(x\), the gate of GELU without x/]],
    [
      'x·σ(y)',
      (g, x) => g.op('Mul', [x, g.op('Sigmoid', [g.op('Softmax', [x])])]),
      [/Sigmoid: it is multiplied by 'x'/],
    ],
    [
      'tanh form, another cubic',
      tanhWith(0.05),
      [/Tanh: of 'x' it makes x·σ\(1\.5958·x \+ 0\.079788·x³\), which has other/],
    ],
    [
      'erf(x/2)',
      (g, x) => g.op('Mul', [g.op('Mul', [x, g.op('Add', [g.op('Erf', [g.op('Div', [x, 2])]), 1])]), 0.5]),
      [/^Erf: /],
    ],
    [
      '1 − erf',
      (g, x) => g.op('Mul', [g.op('Mul', [x, g.op('Sub', [1, g.op('Erf', [g.op('Div', [x, Math.SQRT2])])])]), 0.5]),
      [/^Erf: /],
    ],
    ['a tanh', (g, x) => g.op('Tanh', [x]), [/Tanh: it is not multiplied by its input/]],
    [
      'GLU',
      (g, x) => {
        g.node.push({
          opType: 'Split',
          input: [x],
          output: ['a', 'b'],
          attribute: [integer('axis', 1), integer('num_outputs', 2)],
        });
        return g.op('Mul', ['a', g.op('Sigmoid', ['b'])]);
      },
      [/Sigmoid: it is multiplied by 'a', as the gate of GLU is/],
    ],
    [
      'a step of an LSTM',
      (g, x) => {
        const outputs = ['i', 'o', 'f', 'c'];
        g.node.push({
          opType: 'Split',
          input: [x],
          output: outputs,
          attribute: [integer('axis', 1), integer('num_outputs', 4)],
        });
        const [i, o, f] = outputs.slice(0, 3).map((v) => g.op('Sigmoid', [v]));
        const c = g.op('Add', [g.op('Mul', [f, 'c']), g.op('Mul', [i, g.op('Tanh', ['c'])])]);
        return g.op('Mul', [o, g.op('Tanh', [c])]);
      },
      [/^Sigmoid: /, /^Sigmoid: /, /^Sigmoid: /, /^Tanh: /, /^Tanh: /],
    ],
  ])('%s', (_, build, expected) => {
    const report = inspectOnnx(model(build));
    expect([...report.gelus, ...report.others]).toEqual([]);
    expect(reasons(report)).toEqual(expected.map((reason) => expect.stringMatching(reason)));
    const { rewritten, bytes } = rewriteOnnx(model(build), { to: 'microsoft', activation: 'all' });
    expect(rewritten).toEqual([]);
    expect(bytes()).toEqual(model(build));
  });
  test('x·σ(1.5976x) is Swish, not GELU', () => {
    const bytes = model((g, x) => g.op('Mul', [x, g.op('Sigmoid', [g.op('Mul', [x, 1.5976])])]));
    const { gelus, others } = inspectOnnx(bytes);
    expect(gelus).toEqual([]);
    expect(others).toMatchObject([{ activation: 'silu', parameters: { beta: expect.closeTo(1.5976, 5) } }]);
  });
  test('a clipped GELU is a GELU that is clipped, before or after', async () => {
    const after = model((g, x) => g.op('Clip', [gelu(g, x), -1, 1]));
    expect(inspectOnnx(after).gelus[0].nodes.map(({ op }) => op)).not.toContain('Clip');
    await expectSame(after, 'gelu');
    const before = model((g, x) => gelu(g, g.op('Clip', [x, -1, 1])));
    expect(inspectOnnx(before).gelus[0].input).toMatch(/^Clip/);
    await expectSame(before, 'gelu');
  });
});

describe('gates', () => {
  const split: Build = (g, x) => {
    g.node.push({
      opType: 'Split',
      input: [x],
      output: ['value', 'gate'],
      attribute: [integer('axis', 1), integer('num_outputs', 2)],
    });
    return g.op('Mul', ['value', gelu(g, 'gate')]);
  };
  const projected: Build = (g, x) => {
    const weights = (name: string): string => {
      const rawData = new Uint8Array(Float32Array.from({ length: 36 }, (_, i) => Math.sin(i + name.length)).buffer);
      g.initializer.push({ name, dims: [6, 6], dataType: FLOAT32, rawData });
      return name;
    };
    const gate = g.op('MatMul', [x, weights('w')]);
    const up = g.op('MatMul', [x, weights('up')]);
    return g.op('Mul', [g.op('Mul', [gate, g.op('Sigmoid', [gate])]), up]);
  };
  test('GEGLU of a Split, SwiGLU of two products', async () => {
    expect(inspectOnnx(model(split)).gelus).toMatchObject([{ gate: { unit: 'geglu', value: 'value' } }]);
    expect(inspectOnnx(model(projected)).others).toMatchObject([
      { gate: { unit: 'swiglu', value: expect.stringMatching(/^MatMul/) } },
    ]);
    await expectSame(model(split), 'gelu');
    await expectSame(model(projected), 'microsoft');
  });
  test('a product with another value is no gate', () => {
    const attention: Build = (g, x) => g.op('Mul', [gelu(g, x), g.op('Softmax', [x])]);
    expect(inspectOnnx(model(attention)).gelus[0]).not.toHaveProperty('gate');
  });
  test('activation chooses', () => {
    const both: Build = (g, x) =>
      g.op('Add', [g.op('ReduceSum', [split(g, x)]), g.op('ReduceSum', [projected(g, gelu(g, x))])]);
    const chosen = (activation: 'gelu' | 'silu' | 'geglu' | 'swiglu' | 'mish' | 'all'): number =>
      rewriteOnnx(model(both), { to: 'microsoft', activation }).rewritten.length;
    expect(['gelu', 'silu', 'geglu', 'swiglu', 'mish', 'all'].map((each) => chosen(each as 'gelu'))).toEqual([
      2, 1, 1, 1, 0, 3,
    ]);
    expect(rewriteOnnx(model(both), { to: 'microsoft' }).rewritten).toHaveLength(2);
    expect(() => rewriteOnnx(model(both), { to: 'gelu', activation: 'relu' as never })).toThrow(
      /'activation' must be one of 'gelu'/,
    );
  });
});

test.each(['Tanh', 'Sigmoid', 'Erf', 'Exp', 'Relu', 'Softplus'])('of what %s gives', async (op) => {
  for (const { build, activation } of [
    ...PATTERNS.map((pattern) => ({ ...pattern, activation: 'gelu' })),
    ...EXPONENTIAL_PATTERNS.map((pattern) => ({ ...pattern, activation: 'gelu' })),
    ...OTHER_PATTERNS,
  ]) {
    const { gelus, others } = inspectOnnx(model((g, x) => build(g, g.op(op, [x]))));
    expect([...gelus, ...others]).toMatchObject([{ activation, input: expect.stringMatching(`^${op}`) }]);
  }
  await expectSame(
    model((g, x) => gelu(g, g.op(op, [x]))),
    'gelu',
  );
});

// A heart that looked at the whole graph would take minutes.
test.each<[string, (g: GraphBuilder, x: string) => string]>([
  ['Tanh(1.5x)', (g, x) => g.op('Tanh', [g.op('Mul', [x, 1.5])])],
  ['x·Tanh(x)', (g, x) => g.op('Mul', [x, g.op('Tanh', [x])])],
  ['x·Exp(x)', (g, x) => g.op('Mul', [x, g.op('Exp', [x])])],
  ['x·Relu(x)', (g, x) => g.op('Mul', [x, g.op('Relu', [x])])],
])('a GELU at the end of a chain of 3000 times %s', (_, step) => {
  const bytes = model((g, x) => {
    let at = x;
    for (let i = 0; i < 3000; i++) at = step(g, at);
    return gelu(g, at);
  });
  expect(inspectOnnx(bytes).gelus).toHaveLength(1);
});
