import { inspectOnnx } from 'gelu/onnx';
import { describe, expect, test } from 'vitest';
import { ACTIVATIONS, leftOf } from '../../../gelu/scripts/onnx/kernels.mjs';
import { optimizedOperators } from '../../../gelu/scripts/onnx/optimized.mjs';
import { KERNELS } from '../../../gelu/src/onnx/runtime/kernels.js';
import { loadRuntime, type Runtime } from '../implementations/onnx.js';
import { withoutTraces } from '../implementations/traces.js';
import { FLOAT16, FLOAT32, FLOAT64, float, type GraphBuilder } from './graph-builder.js';
import { type ModelStyle, patternModel } from './pattern-model.js';
import { PATTERNS, type Pattern } from './patterns.js';

const DTYPES = { float32: FLOAT32, float16: FLOAT16, float64: FLOAT64 };
const MICROSOFT = 'com.microsoft';
const OPSETS = [7, 9, 13, 17, 18, 20, 22, 24];
const withoutCasts = (ops: readonly string[]): string[] => ops.filter((op) => op !== 'Cast').sort();

/** What inspect foretells of the one GELU of a model, and what the optimizer leaves. */
async function expectForetold(model: Uint8Array, what: string, around: readonly string[] = []): Promise<string> {
  const { gelus } = inspectOnnx(model);
  expect(gelus, what).toHaveLength(1);
  const [{ runtime }] = gelus;
  const left = await optimizedOperators(model);
  expect(left === undefined, `${what}: refused, and foretold: ${JSON.stringify(runtime)}`).toBe(
    runtime.plan === 'refused',
  );
  if (left === undefined) return runtime.plan;
  const { operator, plan, runs } = runtime;
  if (plan === 'unfused') {
    // The heart tells that nothing was fused; constants may have been computed.
    const heart = runs.filter((op) => ['Erf', 'Tanh', 'Sigmoid', 'Exp'].includes(op));
    expect(
      left.filter((op) => heart.includes(op)),
      what,
    ).toEqual(heart);
    expect(
      left.filter((op) => op.endsWith('Gelu')),
      what,
    ).toEqual([]);
  } else expect(withoutCasts(left), `${what}: ${JSON.stringify(runtime)}`).toEqual(withoutCasts([...runs, ...around]));
  if (plan === 'kernel' || plan === 'fused') expect(left, what).toContain(operator);
  return plan;
}

describe.each(Object.keys(DTYPES) as (keyof typeof DTYPES)[])('in %s the runtime does what is foretold', (name) => {
  test.each(PATTERNS)('$name', async (pattern) => {
    const dtype = DTYPES[name];
    for (const opset of OPSETS)
      for (const style of [{ shape: 'scalar' }, { as: 'node', shape: 'one' }] as ModelStyle[])
        await expectForetold(patternModel(pattern, { ...style, opset, dtype }), `${opset} ${JSON.stringify(style)}`);
  });
});

test('the table of kernels is what the optimizer leaves', async () => {
  for (const activation of ACTIVATIONS)
    for (const [dtype, ranges] of Object.entries(KERNELS[activation[0] as string]))
      for (const opset of OPSETS)
        expect((await leftOf(activation, dtype, opset))?.join(' '), `${activation[0]} ${dtype} ${opset}`).toBe(
          ranges.find(([from, to]) => from <= opset && opset <= to)?.[2],
        );
});

const erf = (g: GraphBuilder, x: string, root: string | number = Math.SQRT2): string =>
  g.op('Add', [g.op('Erf', [g.op('Div', [x, root])]), 1]);
const gelu = (g: GraphBuilder, x: string, root?: string | number): string =>
  g.op('Mul', [g.op('Mul', [x, erf(g, x, root)]), 0.5]);
const silu = (g: GraphBuilder, x: string, alpha: number): string =>
  g.op('Mul', [x, g.op('Sigmoid', [g.op('Mul', [x, alpha])])]);
const vector = (g: GraphBuilder, dims: number[]): string => {
  const name = `w${g.initializer.length}`;
  const values = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i));
  g.initializer.push({ name, dims, dataType: FLOAT32, rawData: new Uint8Array(values.buffer) });
  return name;
};

/** Each with what is left of what stands around the GELU, and the plan. */
const FORMS: Record<string, [Pattern['build'], plan: string, around?: string[], style?: ModelStyle]> = {
  '√2 as 1.4142': [(g, x) => gelu(g, x, 14_142 / 10_000), 'fused'],
  '√2 as 1.414': [(g, x) => gelu(g, x, 1414 / 1000), 'unfused'],
  '√2 as 1.41423': [(g, x) => gelu(g, x, 1.41423), 'unfused'],
  '√2 computed': [(g, x) => gelu(g, x, g.op('Sqrt', [2])), 'fused'],
  '√2 of shape [1, 1]': [(g, x) => gelu(g, x, g.tensor(Math.SQRT2, [1, 1])), 'unfused', [], { rank: 2 }],
  '√2 by CastLike': [(g, x) => gelu(g, x, g.op('CastLike', [g.constant(Math.SQRT2), x])), 'unfused'],
  'Identity inside': [
    (g, x) => g.op('Mul', [g.op('Mul', [x, g.op('Identity', [erf(g, g.op('Identity', [x]))])]), 0.5]),
    'fused',
  ],
  'a Cast of float32 to float32': [(g, x) => gelu(g, g.cast(x, FLOAT32)), 'fused'],
  'a Cast of float32 to float32 inside': [
    (g, x) => g.op('Mul', [g.op('Mul', [x, g.cast(erf(g, x), FLOAT32)]), 0.5]),
    'fused',
  ],
  'half as a division': [(g, x) => g.op('Div', [g.op('Mul', [x, erf(g, x)]), 2]), 'unfused'],
  'its sum used elsewhere': [
    (g, x) => {
      const sum = erf(g, x);
      return g.op('Add', [g.op('Mul', [g.op('Mul', [x, sum]), 0.5]), sum]);
    },
    'unfused',
  ],
  'a bias of known length': [
    (g, x) => gelu(g, g.op('Add', [g.op('MatMul', [x, vector(g, [4, 6])]), vector(g, [6])])),
    'fused',
    ['MatMul'],
    { rank: 3 },
  ],
  'a bias that is part of Gemm': [
    (g, x) => gelu(g, g.op('Add', [g.op('MatMul', [x, vector(g, [4, 6])]), vector(g, [6])])),
    'fused',
    ['Gemm'],
    { rank: 2 },
  ],
  'α on both sides': [(g, x) => silu(g, x, 1.702), 'fused'],
  'α by a division': [(g, x) => g.op('Mul', [x, g.op('Sigmoid', [g.op('Div', [x, 1 / 1.702])])]), 'unfused'],
  'α of shape [1, 1]': [
    (g, x) => g.op('Mul', [x, g.op('Sigmoid', [g.op('Mul', [x, g.tensor(1.702, [1, 1])])])]),
    'unfused',
    [],
    { rank: 2 },
  ],
};

test.each(Object.entries(FORMS))('what decides: %s', async (_, [build, plan, around, style]) => {
  for (const opset of [17, 20])
    expect(await expectForetold(patternModel({ build }, { opset, ...style }), `${opset}`, around)).toBe(plan);
});

/** Numbers in a dtype, so many that forms that are computed differently differ somewhere. */
const INPUTS: Record<string, () => unknown> = {
  float32: () => Float32Array.from({ length: 2001 }, (_, i) => (i - 1000) / 150),
  float16: () => Uint16Array.from({ length: 16_000 }, (_, i) => 0x2800 + (i >> 1) + (i & 1) * 0x8000),
  float64: () => Float64Array.from({ length: 2001 }, (_, i) => (i - 1000) / 150),
};

async function bitsIn({ InferenceSession, Tensor }: Runtime, model: Uint8Array, dtype: string): Promise<unknown> {
  const executionProviders = ['wasm'];
  const session = await InferenceSession.create(model, { executionProviders, logSeverityLevel: 4 }).catch(
    () => undefined,
  );
  if (session === undefined) return 'refused';
  const data = INPUTS[dtype]() as Float32Array;
  const { y } = await session.run({ x: new Tensor(dtype as 'float32', data, [data.length]) });
  await session.release();
  const { buffer, byteOffset, byteLength } = y.data as Float32Array;
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

test('in WebAssembly it does the same: the bits are those of the operator that is foretold, or not', async () => {
  const web = await withoutTraces(() => loadRuntime('web'));
  let unlike = 0;
  for (const name of Object.keys(DTYPES) as (keyof typeof DTYPES)[])
    for (const opset of [17, 20])
      for (const pattern of PATTERNS) {
        const model = patternModel(pattern, { opset, dtype: DTYPES[name] });
        const [{ runtime, alpha }] = inspectOnnx(model).gelus;
        const bits = await bitsIn(web, model, name);
        const what = `${pattern.name} in ${name} at ${opset}`;
        expect(bits === 'refused', what).toBe(runtime.plan === 'refused');
        if (bits === 'refused') continue;
        const operator = runtime.why.match(/^(\S+) has no/)?.[1] ?? runtime.operator ?? 'com.microsoft.Gelu';
        const op = operator.replace(`${MICROSOFT}.`, '');
        const domain = op === operator ? '' : MICROSOFT;
        const attributes = op === 'QuickGelu' ? [float('alpha', alpha ?? 1)] : [];
        const alone = patternModel(
          { build: (g, x) => g.op(op, [x], attributes, domain) },
          { opset, dtype: DTYPES[name] },
        );
        const same = (await bitsIn(web, alone, name)) === bits;
        if (!same) unlike++;
        // What is not fused may still do the same operations.
        if (runtime.plan !== 'unfused') expect(same, what).toBe(true);
      }
  expect(unlike).toBeGreaterThan(20);
});

test('equal values under two names are one', async () => {
  for (const opset of [17, 20]) {
    const build: Pattern['build'] = (g, x) => {
      const [a, b] = [g.op('Relu', [x]), g.op('Relu', [x])];
      return g.op('Mul', [g.op('Mul', [a, erf(g, b)]), 0.5]);
    };
    const model = patternModel({ build }, { opset });
    if (inspectOnnx(model).gelus.length > 0) expect(await expectForetold(model, `${opset}`, ['Relu'])).toBe('fused');
  }
});
