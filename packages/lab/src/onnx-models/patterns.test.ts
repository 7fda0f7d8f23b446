import { gelu } from 'gelu';
import { inspectOnnx, type OnnxTarget, rewriteOnnx } from 'gelu/onnx';
import { beforeAll, describe, expect, test } from 'vitest';
import { optimized, writtenAs } from '../commands/onnx/runtime.js';
import { valueErrors } from '../implementations/errors.js';
import { FORMS } from '../implementations/forms.js';
import { loadRuntime, type Runtime } from '../implementations/onnx.js';
import { testPoints } from '../implementations/points.js';
import { withoutTraces } from '../implementations/traces.js';
import { FLOAT16, FLOAT32, type GraphBuilder } from './graph-builder.js';
import { type ModelStyle, patternModel } from './pattern-model.js';
import { PATTERNS, type Pattern } from './patterns.js';
import { decodeModel } from './schema.js';

const KINDS = ['node', 'web'] as const;
const runtimes = {} as Record<(typeof KINDS)[number], Runtime>;
beforeAll(async () => {
  for (const kind of KINDS) runtimes[kind] = await withoutTraces(() => loadRuntime(kind));
});

async function run(kind: (typeof KINDS)[number], model: Uint8Array, x: Float32Array): Promise<Float32Array> {
  const { InferenceSession, Tensor } = runtimes[kind];
  const executionProviders = [kind === 'node' ? 'cpu' : 'wasm'];
  const session = await InferenceSession.create(model, { executionProviders, logSeverityLevel: 3 });
  const { y } = await session.run({ x: new Tensor('float32', x, [x.length]) });
  await session.release();
  return y.data as Float32Array;
}

const operators = (model: Uint8Array): string[] => decodeModel(model).graph.node.map(({ opType }) => opType);
const X = Float32Array.from({ length: 161 }, (_, i) => (i - 80) / 20);

function expectGelu(y: Float32Array, approximate: Pattern['variant'], what: string): void {
  const expected = gelu(X, { approximate });
  for (const [i, value] of y.entries()) expect(Math.abs(value - expected[i]), `${what} at ${X[i]}`).toBeLessThan(2e-6);
}

const STYLES: ModelStyle[] = [
  { as: 'initializer', shape: 'scalar', opset: 13 },
  { as: 'node', shape: 'one', opset: 17, rank: 3 },
  { as: 'node', shape: 'scalar', opset: 20 },
];

describe.each(PATTERNS)('$name', (pattern) => {
  test('is found, and the runtime makes of it what is foretold', async () => {
    for (const style of STYLES) {
      const model = patternModel(pattern, style);
      const report = inspectOnnx(model);
      expect(report.gelus).toHaveLength(1);
      const [{ variant, input, dtype, opset, shared, runtime, written }] = report.gelus;
      expect({ variant, input, dtype, opset, shared }).toEqual({
        variant: pattern.variant,
        input: 'x',
        dtype: 'float32',
        opset: style.opset,
        shared: [],
      });
      expect(writtenAs(report, await optimized(model))).toEqual([runtime.operator ?? written]);
    }
  });

  test.each<OnnxTarget>(['gelu', 'microsoft', 'accurate'])('computes the same after a rewrite to %s', async (to) => {
    const model = patternModel(pattern, { as: 'node', shape: 'one' });
    const { rewritten, kept, bytes, opset } = rewriteOnnx(model, { to });
    if (to === 'gelu' && pattern.variant === 'sigmoid') {
      expect(kept[0].reason).toMatch(/no sigmoid form/);
      expect(bytes()).toEqual(model);
      return;
    }
    expect(rewritten).toHaveLength(1);
    expect(opset).toEqual(
      { gelu: { domain: '', from: 17, to: 20 }, microsoft: { domain: 'com.microsoft', from: 0, to: 1 } }[to as string],
    );
    const after = bytes();
    if (to === 'gelu') expect(operators(after)).toEqual(['Gelu', 'Identity']); // no constant is left behind
    expect(inspectOnnx(after).gelus).toMatchObject([{ variant: pattern.variant, input: 'x' }]);
    for (const kind of KINDS) {
      expectGelu(await run(kind, model, X), pattern.variant, `${kind} before`);
      expectGelu(await run(kind, after, X), pattern.variant, `${kind} after`);
    }
  });
});

const named = (start: string): Pattern => {
  const found = PATTERNS.find(({ name }) => name.startsWith(start));
  if (found === undefined) throw new Error(`no pattern ${start}`);
  return found;
};
const EXACT = named('PyTorch: x');
const NEW = named('Hugging Face NewGELU');
const QUICK = named('QuickGELU: x');

test.each([EXACT, NEW, QUICK])(
  'the accurate form keeps its relative accuracy in both runtimes: $name',
  async (pattern) => {
    const x = testPoints(65536, 5);
    const model = patternModel(pattern);
    const accurate = rewriteOnnx(model, { to: 'accurate' }).bytes();
    const special = Float32Array.of(-Infinity, -0, 0, Infinity, Number.NaN);
    for (const kind of KINDS) {
      const errors = valueErrors(x, await run(kind, accurate, x), pattern.variant);
      expect(errors.worstUlp, kind).toBeLessThan(8);
      expect(errors.firstZero, kind).toBeNull();
      const [low, minus, plus, high, nan] = await run(kind, accurate, special);
      expect([low + 0, minus, plus, high, nan]).toEqual([0, -0, 0, Infinity, Number.NaN]);
      // The test can fail: the form that was there does not keep it.
      expect(valueErrors(x, await run(kind, model, x), pattern.variant).worstUlp).toBeGreaterThan(1e5);
    }
  },
);

test.each([EXACT, NEW, QUICK])('the accurate form is found again and undone: $name', async (pattern) => {
  const accurate = rewriteOnnx(patternModel(pattern), { to: 'accurate' }).bytes();
  const { gelus } = inspectOnnx(accurate);
  expect(gelus).toMatchObject([
    { variant: pattern.variant, written: 'accurate', input: 'x', dtype: 'float32', shared: [] },
  ]);
  expect(rewriteOnnx(accurate, { to: 'accurate' }).kept).toMatchObject([{ reason: 'it is written so already' }]);
  const back = rewriteOnnx(accurate, { to: 'microsoft' }).bytes();
  expect(operators(back)).toHaveLength(2); // and Identity: nothing is left of it
  expectGelu(await run('node', back, X), pattern.variant, 'undone');
});

test('another variant, and back to simple operators', async () => {
  const model = patternModel(NEW);
  const exact = rewriteOnnx(model, { to: 'gelu', variant: 'none' }).bytes();
  expect(inspectOnnx(exact).gelus[0]).toMatchObject({ variant: 'none', written: 'Gelu' });
  expectGelu(await run('node', exact, X), 'none', 'tanh → none');
  for (const variant of FORMS) {
    const simple = rewriteOnnx(exact, { to: 'decomposed', variant }).bytes();
    expect(inspectOnnx(simple).gelus[0].variant).toBe(variant);
    expect(operators(simple)).not.toContain('Gelu');
    expectGelu(await run('node', simple, X), variant, `none → ${variant}`);
  }
});

const single = (op: string, domain: string, attribute: object[] = []): Pick<Pattern, 'build'> => ({
  build: (g, x) => g.op(op, op === 'BiasGelu' ? [x, g.constant(0.25)] : [x], attribute, domain),
});

test.each([
  ['Gelu', '', [], { variant: 'none' }],
  ['Gelu', '', [{ name: 'approximate', s: new TextEncoder().encode('tanh'), type: 3 }], { variant: 'tanh' }],
  ['Gelu', 'com.microsoft', [], { variant: 'none' }],
  ['FastGelu', 'com.microsoft', [], { variant: 'tanh' }],
  ['QuickGelu', 'com.microsoft', [{ name: 'alpha', f: 1.5, type: 1 }], { variant: 'sigmoid', alpha: 1.5 }],
  ['BiasGelu', 'com.microsoft', [], { variant: 'none', bias: 'c1' }],
])('one node: %s of "%s" %j', async (op, domain, attribute, expected) => {
  const bytes = patternModel(single(op, domain, attribute), { opset: 20, shape: 'one' });
  const [found] = inspectOnnx(bytes).gelus;
  expect(found).toMatchObject({ ...expected, input: 'x', runtime: { plan: 'kernel' } });
  expect(found.nodes).toHaveLength(1);
  if (op !== 'BiasGelu') return;
  // BiasGelu wants a bias as long as the input.
  const one = Float32Array.of(-2);
  const model = rewriteOnnx(bytes, { to: 'accurate' }).bytes();
  expect((await run('node', model, one))[0]).toBeCloseTo(gelu(-1.75), 6);
});

test('float16 with casts, on the whole and around the middle', async () => {
  const inside: Pick<Pattern, 'build'> = {
    build: (g, x) => g.cast(EXACT.build(g, g.cast(x, FLOAT32)), FLOAT16),
  };
  const twice: Pick<Pattern, 'build'> = {
    // x is cast twice, as exporters of mixed precision do.
    build: (g, x) => {
      const sum = g.op('Add', [g.op('Erf', [g.op('Div', [g.cast(x, FLOAT32), Math.SQRT2])]), 1]);
      return g.cast(g.op('Mul', [g.op('Mul', [g.cast(x, FLOAT32), sum]), 0.5]), FLOAT16);
    },
  };
  const middle: Pick<Pattern, 'build'> = {
    build: (g, x) => {
      const half = g.op('Mul', [x, g.cast(g.constant(0.5), FLOAT16)]);
      const erf = g.op('Erf', [g.op('Div', [g.cast(x, FLOAT32), Math.SQRT2])]);
      return g.op('Mul', [half, g.cast(g.op('Add', [erf, 1]), FLOAT16)]);
    },
  };
  const half = (pattern: Pick<Pattern, 'build'>): Uint8Array => {
    const wrapped = { build: (g: GraphBuilder, x: string) => g.cast(pattern.build(g, g.cast(x, FLOAT16)), FLOAT32) };
    return patternModel(wrapped);
  };
  for (const [pattern, dtype] of [
    [inside, 'float32'],
    [twice, 'float32'],
    [middle, 'float16'],
  ] as const) {
    const model = half(pattern);
    const { gelus } = inspectOnnx(model);
    expect(gelus).toMatchObject([{ variant: 'none', dtype }]);
    const before = await run('node', model, X);
    for (const to of ['gelu', 'microsoft', 'accurate'] as const) {
      const after = await run('node', rewriteOnnx(model, { to }).bytes(), X);
      for (const [i, y] of after.entries()) expect(Math.abs(y - before[i])).toBeLessThan(0.003);
    }
  }
  // Constants in float16 are a little off.
  for (const pattern of PATTERNS) {
    const model = patternModel(pattern, { dtype: FLOAT16 });
    expect(inspectOnnx(model).gelus).toMatchObject([{ variant: pattern.variant, dtype: 'float16' }]);
    const accurate = rewriteOnnx(model, { to: 'accurate' }).bytes();
    expect(operators(accurate).filter((op) => op === 'Cast')).toHaveLength(2);
  }
});

test('what is near GELU but is not is left alone', () => {
  const not: Record<string, Pattern['build']> = {
    SiLU: (g, x) => g.op('Mul', [x, g.op('Sigmoid', [x])]),
    'without ½': (g, x) => g.op('Mul', [x, g.op('Add', [g.op('Erf', [g.op('Div', [x, Math.SQRT2])]), 1])]),
    'erf(x/2)': (g, x) => g.op('Mul', [g.op('Mul', [x, g.op('Add', [g.op('Erf', [g.op('Div', [x, 2])]), 1])]), 0.5]),
    '1 − erf': (g, x) =>
      g.op('Mul', [g.op('Mul', [x, g.op('Sub', [1, g.op('Erf', [g.op('Div', [x, Math.SQRT2])])])]), 0.5]),
    'of another x': (g, x) => {
      const other = g.op('Tanh', [x]);
      const sum = g.op('Add', [g.op('Erf', [g.op('Div', [x, Math.SQRT2])]), 1]);
      return g.op('Mul', [g.op('Mul', [other, sum]), 0.5]);
    },
    'tanh with another cubic term': (g, x) => {
      const sum = g.op('Add', [x, g.op('Mul', [g.op('Pow', [x, 3]), 0.05])]);
      const gate = g.op('Add', [g.op('Tanh', [g.op('Mul', [sum, 0.7978845608])]), 1]);
      return g.op('Mul', [g.op('Mul', [x, 0.5]), gate]);
    },
  };
  for (const [name, build] of Object.entries(not)) expect(inspectOnnx(patternModel({ build })).gelus, name).toEqual([]);
});

test('values that are used elsewhere prevent it', async () => {
  const build: Pattern['build'] = (g, x) => {
    const sum = g.op('Add', [g.op('Erf', [g.op('Div', [x, Math.SQRT2])]), 1]);
    return g.op('Add', [g.op('Mul', [g.op('Mul', [x, sum]), 0.5]), sum]);
  };
  const model = patternModel({ build });
  const report = inspectOnnx(model);
  const [found] = report.gelus;
  expect(found.shared).toEqual(['Add_4']);
  expect(found.runtime.plan).toBe('unfused');
  expect(writtenAs(report, await optimized(model))).toEqual(['erf']);
  const { kept, bytes } = rewriteOnnx(model, { to: 'gelu' });
  expect(kept[0].reason).toMatch(/used elsewhere: Add_4/);
  expect(bytes()).toEqual(model);
});
