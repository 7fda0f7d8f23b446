import { inspectOnnx, type OnnxTarget, rewriteOnnx } from 'gelu/onnx';
import { beforeAll, expect, test } from 'vitest';
import { loadRuntime, type Runtime } from '../implementations/onnx.js';
import { withoutTraces } from '../implementations/traces.js';
import { GraphBuilder, integer } from './graph-builder.js';
import { encodeModel } from './schema.js';

// Activations whose steps do not stand together: products with other values in between, parts in a graph around a branch.

let runtime: Runtime;
beforeAll(async () => {
  runtime = await withoutTraces(() => loadRuntime('node'));
});

const float32 = (name: string, dims?: number[]): object => {
  const shape = dims && { shape: { dim: dims.map((n) => ({ dimValue: n })) } };
  return { name, type: { tensorType: { elemType: 1, ...shape } } };
};

function model(build: (g: GraphBuilder) => string): Uint8Array {
  const g = new GraphBuilder();
  g.op('Identity', [build(g)], [], '', 'y');
  const graph = {
    name: 'm',
    node: g.node,
    initializer: g.initializer,
    input: [float32('x', [2, 8])],
    output: [float32('y')],
  };
  return encodeModel({ irVersion: 8, opsetImport: [{ domain: '', version: 17 }], graph });
}

const X = Float32Array.from({ length: 16 }, (_, i) => (i - 8) / 2.3);

async function run(bytes: Uint8Array): Promise<Float32Array> {
  const session = await runtime.InferenceSession.create(bytes, { logSeverityLevel: 4 });
  const { y } = await session.run({ x: new runtime.Tensor('float32', X, [2, 8]) });
  await session.release();
  return y.data as Float32Array;
}

const TARGETS: readonly OnnxTarget[] = ['standard', 'microsoft', 'accurate', 'decomposed'];

async function expectSame(bytes: Uint8Array, targets = TARGETS): Promise<void> {
  const before = await run(bytes);
  for (const to of targets) {
    const { rewritten, kept, bytes: after } = rewriteOnnx(bytes, { to, activation: 'all' });
    expect(kept.filter(({ reason }) => reason !== 'it is written so already')).toEqual([]);
    const results = rewritten.length > 0 ? await run(after()) : before;
    for (const [i, v] of results.entries()) expect(Math.abs(v - before[i]), `${to} ${i}`).toBeLessThan(2e-6);
  }
}

const half = (g: GraphBuilder, v: string): string => g.op('Mul', [v, 0.5]);
const erf = (g: GraphBuilder, a: string): string => g.op('Erf', [g.op('Div', [a, Math.SQRT2])]);
const onePlusErf = (g: GraphBuilder, a: string): string => g.op('Add', [erf(g, a), 1]);
const sigma = (g: GraphBuilder, a: string): string => g.op('Sigmoid', [a]);
const times = (g: GraphBuilder, a: string, b: string): string => g.op('Mul', [a, b]);

type Gated = (g: GraphBuilder, a: string, b: string) => string;
const GATED: Record<string, ['silu' | 'gelu', Gated]> = {
  'a·(σ(a)·b)': ['silu', (g, a, b) => times(g, a, times(g, sigma(g, a), b))],
  'a·(b·σ(a))': ['silu', (g, a, b) => times(g, a, times(g, b, sigma(g, a)))],
  '(a·b)·σ(a)': ['silu', (g, a, b) => times(g, times(g, a, b), sigma(g, a))],
  '(b/(1 + exp(−a)))·a': [
    'silu',
    (g, a, b) => times(g, g.op('Div', [b, g.op('Add', [g.op('Exp', [g.op('Neg', [a])]), 1])]), a),
  ],
  'a·(σ(1.702a)·b)': ['gelu', (g, a, b) => times(g, a, times(g, sigma(g, g.op('Mul', [a, 1.702])), b))],
  '(½b·(1 + erf))·a': ['gelu', (g, a, b) => times(g, times(g, half(g, b), onePlusErf(g, a)), a)],
  '(a·b)·(½·(1 + erf))': ['gelu', (g, a, b) => times(g, times(g, a, b), half(g, onePlusErf(g, a)))],
  '½a·(b·(1 + erf))': ['gelu', (g, a, b) => times(g, half(g, a), times(g, b, onePlusErf(g, a)))],
  '(a·(b·(1 + erf)))·½': ['gelu', (g, a, b) => half(g, times(g, a, times(g, b, onePlusErf(g, a))))],
};

function halves(g: GraphBuilder): [string, string] {
  const output = ['a', 'b'];
  g.node.push({ opType: 'Split', input: ['x'], output, attribute: [integer('axis', 1)] });
  return ['a', 'b'];
}

test.each(Object.entries(GATED))('a gated unit as %s', async (_, [activation, build]) => {
  const bytes = model((g) => build(g, ...halves(g)));
  const { gelus, others, notUnderstood } = inspectOnnx(bytes);
  expect(notUnderstood).toEqual([]);
  const unit = activation === 'gelu' ? 'geglu' : 'swiglu';
  expect([...gelus, ...others]).toMatchObject([{ activation, input: 'a', factors: ['b'], gate: { unit, value: 'b' } }]);
  await expectSame(bytes);
  // Split, the activation (two or three nodes of SiLU below opset 24), the product, Identity.
  expect(inspectOnnx(rewriteOnnx(bytes, { to: 'microsoft', activation: 'all' }).bytes()).nodes).toBe(4);
});

test('several factors, and numbers of theirs', async () => {
  const bytes = model((g) => {
    const [a, b] = halves(g);
    const scaled = g.op('Mul', [b, 3]);
    return times(g, a, times(g, times(g, sigma(g, a), scaled), g.op('Abs', [b])));
  });
  expect(inspectOnnx(bytes).others).toMatchObject([
    { activation: 'silu', factors: [/^Mul/, /^Abs/].map((name) => expect.stringMatching(name)) },
  ]);
  await expectSame(bytes);
});

test('a factor that is made of a step is kept, with the reason', () => {
  const bytes = model((g) => {
    const [a] = halves(g);
    const gate = sigma(g, a);
    return times(g, a, times(g, gate, g.op('Softmax', [gate])));
  });
  expect(rewriteOnnx(bytes, { to: 'microsoft', activation: 'all' }).kept[0].reason).toMatch(/used elsewhere: Sigmoid/);
});

test('neither an LSTM cell nor a GLU', () => {
  const lstm = model((g) => {
    const [a, b] = halves(g);
    return times(g, sigma(g, b), g.op('Tanh', [times(g, sigma(g, a), g.op('Tanh', [b]))]));
  });
  const glu = model((g) => times(g, ...([halves(g)].map(([a, b]) => [sigma(g, a), b])[0] as [string, string])));
  for (const bytes of [lstm, glu]) expect(inspectOnnx(bytes)).toMatchObject({ gelus: [], others: [] });
});

/** If the greatest is above 0 this, else −x. */
function branched(
  g: GraphBuilder,
  build: (inner: GraphBuilder) => string,
  other = (inner: GraphBuilder) => inner.op('Neg', ['x']),
): string {
  const branch = (name: string, make: (inner: GraphBuilder) => string): object => {
    const inner = new GraphBuilder({}, `${name}_`);
    inner.op('Identity', [make(inner)], [], '', `${name}_y`);
    return {
      name,
      g: { name, node: inner.node, initializer: inner.initializer, output: [float32(`${name}_y`)] },
      type: 5,
    };
  };
  const condition = g.op('Greater', [g.op('ReduceMax', ['x'], [integer('keepdims', 0)]), 0]);
  return g.op('If', [condition], [branch('then_branch', build), branch('else_branch', other)]);
}

const scaled = (g: GraphBuilder): string => half(g, 'x');
const ACROSS: Record<string, [outside: string[], build: (g: GraphBuilder) => string]> = {
  'x/√2 outside': [
    ['Div'],
    (g) => {
      const v = g.op('Div', ['x', Math.SQRT2]);
      return branched(g, (i) => times(i, scaled(i), i.op('Add', [i.op('Erf', [v]), 1])));
    },
  ],
  'erf outside': [
    ['Erf', 'Div'],
    (g) => {
      const e = erf(g, 'x');
      return branched(g, (i) => times(i, scaled(i), i.op('Add', [e, 1])));
    },
  ],
  'all but ½ outside': [
    ['Mul', 'Add', 'Erf', 'Div'],
    (g) => {
      const product = times(g, 'x', onePlusErf(g, 'x'));
      return branched(g, (i) => half(i, product));
    },
  ],
  'σ outside': [
    ['Sigmoid'],
    (g) => {
      const gate = sigma(g, 'x');
      return branched(g, (i) => times(i, 'x', gate));
    },
  ],
  'erf used outside, too': [
    ['Erf', 'Div'],
    (g) => {
      const e = erf(g, 'x');
      return g.op('Sub', [branched(g, (i) => times(i, scaled(i), i.op('Add', [e, 1]))), e]);
    },
  ],
};

test.each(Object.entries(ACROSS))('across a branch: %s', async (_, [outside, build]) => {
  const bytes = model(build);
  const { gelus, others, notUnderstood } = inspectOnnx(bytes);
  expect(notUnderstood).toEqual([]);
  expect([...gelus, ...others]).toMatchObject([{ graph: expect.stringMatching(/then_branch$/), input: 'x' }]);
  expect([...gelus, ...others][0].outside?.map(({ op }) => op)).toEqual(outside);
  await expectSame(bytes);
});

test('in both branches; an activation made outside is none inside', async () => {
  const both = model((g) => {
    const e = erf(g, 'x');
    const inside = (i: GraphBuilder): string => times(i, scaled(i), i.op('Add', [e, 1]));
    return branched(g, inside, inside);
  });
  expect(inspectOnnx(both).gelus).toHaveLength(2);
  await expectSame(both);
  const done = model((g) => {
    const y = times(g, scaled(g), onePlusErf(g, 'x'));
    return branched(g, (i) => i.op('Identity', [y]));
  });
  expect(inspectOnnx(done).gelus).toMatchObject([{ graph: 'main' }]);
});

test('an erf that only comes out of a branch is not understood, with its place', () => {
  const bytes = model((g) => times(g, scaled(g), g.op('Add', [branched(g, (i) => erf(i, 'x')), 1])));
  expect(inspectOnnx(bytes)).toMatchObject({
    gelus: [],
    notUnderstood: [{ op: 'Erf', graph: /then_branch$/ }].map(({ op, graph }) => ({
      op,
      graph: expect.stringMatching(graph),
    })),
  });
});
