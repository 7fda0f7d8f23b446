import { Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import {
  CONSTANTS,
  type Constant,
  erfGelu,
  type Info,
  model,
  node,
  run,
  type Value,
} from '../../test/support/onnx-model.js';
import { silu } from '../functions/family.generated.js';
import { inspectOnnx, OnnxRewriteError, type OnnxTarget, rewriteOnnx } from './index.js';

const SHAPE = [4, 8];
const DATA = Float32Array.from({ length: 32 }, (_, i) => (i - 15.7) / 4);
const x = (): { x: Tensor } => ({ x: new Tensor('float32', DATA, SHAPE) });
const FLOAT16 = 10;
const cast = (from: string, to: number, name: string): Uint8Array => node('Cast', [from], name, { to });
const f = (value: number): Value => ({ f: value });

function modelOf(nodes: readonly Uint8Array[], opset = 17, constants: readonly Constant[] = []): Uint8Array {
  const info = (name: string): Info => [name, 1, SHAPE];
  return model({
    nodes,
    inputs: [info('x')],
    outputs: [info('y')],
    constants: [...CONSTANTS, ...constants],
    opsets: { '': opset, 'com.microsoft': 1 },
  });
}

describe('where the opset cannot be raised', () => {
  // From opset 19 on ONNX Runtime's AveragePool gives other bits in float32.
  const pooled = [
    node('AveragePool', ['image'], 'pooled', { kernel_shape: [1, 1] }),
    node('Reshape', ['pooled', 'flat'], 'y'),
  ];
  const shapes: Constant[] = [
    ['square', 7, [4], [1, 1, 4, 8]],
    ['flat', 7, [2], [4, 8]],
  ];
  const hardswish = [
    node('HardSigmoid', ['w'], 'h', { alpha: f(1 / 6), beta: f(0.5) }),
    node('Mul', ['w', 'h'], 'v'),
    node('Reshape', ['v', 'square'], 'image'),
  ];

  test('what needs it is kept, with the nodes that cannot follow; the rest is rewritten', async () => {
    const before = modelOf([...erfGelu('x', 'w'), ...hardswish, ...pooled], 13, shapes);
    const { rewritten, kept, opset, bytes } = rewriteOnnx(before, { to: 'standard', activation: 'all' });
    expect(rewritten.map(({ activation }) => activation)).toEqual(['hardswish']);
    expect(kept.map(({ gelu }) => gelu.activation)).toEqual(['gelu']);
    expect(kept[0].reason).toMatch(/opset 20 is needed.*AveragePool '\/pooled' in main: .*other values/);
    expect(opset).toEqual({ domain: '', from: 13, to: 14 });
    const [a, b] = [await run(before, x()), await run(bytes(), x())];
    for (const [i, value] of (a.y.data as Float32Array).entries())
      expect(Math.abs(value - (b.y.data as Float32Array)[i])).toBeLessThan(1e-6);
  });
  test('and nothing else is to be done, that is an error', () => {
    const image = node('Reshape', ['w', 'square'], 'image');
    const before = modelOf([...erfGelu('x', 'w'), image, ...pooled], 13, shapes);
    expect(() => rewriteOnnx(before, { to: 'gelu' })).toThrow(OnnxRewriteError);
    expect(() => rewriteOnnx(before, { to: 'gelu' })).toThrow(/AveragePool '\/pooled' in main/);
    expect(rewriteOnnx(before, { to: 'microsoft' }).rewritten).toHaveLength(1);
  });
});

describe('values that are rounded between the steps', () => {
  const [root, gate, product, half] = erfGelu('x', 'y').filter((_, i) => i !== 1);
  const rounded = (to: number): Uint8Array =>
    modelOf([
      root,
      node('Erf', ['d'], 'wide'),
      cast('wide', to, 'narrow'),
      cast('narrow', 1, 'e'),
      gate,
      product,
      half,
    ]);
  test('to float16: kept, since a rewrite would compute with all digits', () => {
    const before = rounded(FLOAT16);
    expect(inspectOnnx(before).gelus).toMatchObject([{ variant: 'none', shared: [] }]);
    for (const to of ['gelu', 'microsoft', 'accurate'] as const) {
      const { rewritten, kept, bytes } = rewriteOnnx(before, { to });
      expect(rewritten).toEqual([]);
      expect(kept[0].reason).toMatch(/rounded to float16 between its steps \(Cast '\/narrow'\)/);
      expect(bytes()).toEqual(before);
    }
  });
  test('to float64, which rounds nothing: rewritten', () => {
    expect(rewriteOnnx(rounded(11), { to: 'gelu' }).rewritten).toHaveLength(1);
  });
});

describe('x·σ(αx) with any α', () => {
  const quick = (alpha: number): Uint8Array =>
    modelOf([node('QuickGelu', ['x'], 'y', { alpha: f(alpha) }, 'com.microsoft')]);
  const targets: readonly OnnxTarget[] = ['standard', 'accurate', 'decomposed'];

  test.each([-1.702, 0, Number.NaN, Number.POSITIVE_INFINITY])(
    '%d: no accurate form, and not called a GELU',
    async (alpha) => {
      const before = quick(alpha);
      expect(inspectOnnx(before).gelus).toEqual([]);
      const { rewritten, kept } = rewriteOnnx(before, { to: 'accurate', activation: 'all' });
      expect([rewritten.length, kept[0].reason]).toEqual([0, expect.stringMatching(/the factor must be positive/)]);
      const { bytes } = rewriteOnnx(before, { to: 'decomposed', activation: 'all' });
      const [a, b] = [await run(before, x()), await run(bytes(), x())];
      expect(b.y.data).toEqual(a.y.data);
    },
  );
  test.each([2 ** -100, 1e-10, 1e-3, 0.5, 1.702, 100, 1e10, 2 ** 100])(
    '%d: right in all targets, the tail in accurate',
    async (alpha) => {
      const values = DATA.map((v) => (v * 20) / Math.fround(alpha));
      const exact = silu(Float64Array.from(values), { beta: Math.fround(alpha) });
      for (const to of targets) {
        const { rewritten, bytes } = rewriteOnnx(quick(alpha), { to, activation: 'all' });
        expect(rewritten, to).toHaveLength(1);
        const { y } = await run(bytes(), { x: new Tensor('float32', values, SHAPE) });
        for (const [i, value] of (y.data as Float32Array).entries()) {
          const tail = to === 'accurate' ? 3e-6 * Math.abs(exact[i]) + 2 ** -148 : 0;
          expect(Math.abs(value - exact[i]), `${to} ${values[i]}`).toBeLessThan(tail || (1e-6 * 20) / alpha);
        }
      }
    },
  );
});

test('constants of one value are written once for a graph, and names may be of any letters', async () => {
  const names = ['α', 'β', 'γ'];
  const nodes = names.flatMap((name, i) => erfGelu(i === 0 ? 'x' : names[i - 1], name, `${name}_`));
  const before = modelOf([...nodes, node('Identity', ['γ'], 'y')]);
  const once = rewriteOnnx(before, { to: 'accurate', filter: ({ output }) => output === 'α' });
  const { rewritten, bytes } = rewriteOnnx(before, { to: 'accurate' });
  expect([once.rewritten.length, rewritten.length]).toEqual([1, 3]);
  const constants = (model: Uint8Array): number => Buffer.from(model).toString('latin1').split('Constant').length - 1;
  expect(constants(bytes())).toBe(constants(once.bytes()));
  const [a, b] = [await run(before, x()), await run(bytes(), x())];
  for (const [i, value] of (a.y.data as Float32Array).entries())
    expect(Math.abs(value - (b.y.data as Float32Array)[i])).toBeLessThan(1e-5);
  // And back.
  expect(rewriteOnnx(bytes(), { to: 'gelu' }).rewritten).toHaveLength(3);
});

test('float64: Swish only where its factor, a float32, is the one that is written', () => {
  const of = (alpha: number): Uint8Array =>
    model({
      nodes: [node('Mul', ['x', 'alpha'], 'v'), node('Sigmoid', ['v'], 's'), node('Mul', ['x', 's'], 'y')],
      inputs: [['x', 11, SHAPE]],
      outputs: [['y', 11, SHAPE]],
      constants: [['alpha', 11, [], [alpha]]],
    });
  const [exact, rounded] = [1.5, 1.702].map((alpha) => rewriteOnnx(of(alpha), { to: 'standard', activation: 'all' }));
  expect([exact.rewritten.length, rounded.rewritten.length]).toEqual([1, 0]);
  expect(rounded.kept[0].reason).toMatch(/factor 1\.70200\d+, a float32, for 1\.702, which costs digits/);
});

describe('Dropout between the steps', () => {
  const [root, erf, gate, , half] = erfGelu('x', 'y');
  const dropped = (inputs: readonly string[]): Uint8Array =>
    modelOf([root, erf, gate, node('Dropout', inputs, 'kept'), node('Mul', ['x', 'kept'], 'm'), half], 17, [
      ['ratio', 1, [], [0.5]],
      ['no', 9, [], [0]],
      ['yes', 9, [], [1]],
    ]);
  test.each([
    ['alone', ['s']],
    ['not in training', ['s', 'ratio', 'no']],
  ])('%s it is the identity', async (_, inputs) => {
    const before = dropped(inputs);
    const { rewritten, bytes } = rewriteOnnx(before, { to: 'gelu' });
    expect(rewritten).toHaveLength(1);
    const [a, b] = [await run(before, x()), await run(bytes(), x())];
    for (const [i, value] of (a.y.data as Float32Array).entries())
      expect(Math.abs(value - (b.y.data as Float32Array)[i])).toBeLessThan(1e-6);
  });
  test('in training it is not', () => {
    expect(inspectOnnx(dropped(['s', 'ratio', 'yes'])).gelus).toEqual([]);
  });
});
