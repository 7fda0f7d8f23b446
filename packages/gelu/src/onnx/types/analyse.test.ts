import { describe, expect, test } from 'vitest';
import {
  CONSTANTS,
  erfGelu,
  type FunctionParts,
  graph,
  graphValue,
  type Info,
  model,
  node,
  reference,
  tensorValue,
} from '../../../test/support/onnx-model.js';
import { inspectOnnx, OnnxFormatError, rewriteOnnx } from '../index.js';
import { requireInput } from '../read/input.js';
import { readModel } from '../read/model.js';
import { analyse } from './analyse.js';
import { typeOf } from './scope.js';

const scopesOf = (bytes: Uint8Array): ReturnType<typeof analyse> => analyse(readModel(requireInput(bytes)));
const typed = (bytes: Uint8Array, name: string): unknown => {
  const type = typeOf(scopesOf(bytes)[0], name);
  return type && [type.dtype, type.dims];
};
const U: Info = ['u', 0];

describe('a dtype comes from', () => {
  const cases: [string, Uint8Array, number | undefined][] = [
    ['the weights of a product', node('MatMul', ['u', 'f32'], 'v'), 1],
    ['a bias, behind what is unknown', node('Add', ['u', 'f16'], 'v'), 10],
    ['no shape', node('Reshape', ['u', 'i64'], 'v'), undefined],
    ['no axes', node('Unsqueeze', ['u', 'i64'], 'v'), undefined],
    ['no exponent', node('Pow', ['u', 'f32'], 'v'), undefined],
    ['no indices', node('Gather', ['u', 'i64'], 'v'), undefined],
    ['no ratio', node('Dropout', ['u', 'f16'], 'v'), undefined],
    ['no condition', node('Where', ['b', 'u', 'u'], 'v'), undefined],
    ['no number of repeats', node('Tile', ['u', 'i64'], 'v'), undefined],
    ['a comparison', node('Less', ['u', 'f32'], 'v'), 9],
    ['an attribute', node('Cast', ['u'], 'v', { to: 16 }), 16],
    ['another value', node('CastLike', ['i64', 'f16'], 'v'), 10],
    ['the zero point', node('QuantizeLinear', ['u', 'f32', 'i8'], 'v'), 3],
    ['nothing but the default', node('QuantizeLinear', ['u', 'f32'], 'v'), 2],
    ['the scale', node('DequantizeLinear', ['u', 'f16', 'i8'], 'v'), 10],
    ['a tensor', node('ConstantOfShape', ['i64'], 'v', { value: tensorValue(7, [1], [3]) }), 7],
    ['the default of an attribute', node('ConstantOfShape', ['i64'], 'v'), 1],
    ['no operator that is unheard', node('Unheard', ['f32'], 'v'), undefined],
    ['no operator of another domain', node('Add', ['f32', 'f32'], 'v', {}, 'mine'), undefined],
  ];
  const constants = [
    ['f32', 1, [2], [1, 2]],
    ['f16', 10, [], [1]],
    ['i64', 7, [1], [2]],
    ['i8', 3, [], [0]],
    ['b', 9, [], [1]],
  ] as const;
  test.each(cases)('%s', (_, bytes, dtype) => {
    const nodes = [bytes, node('Identity', ['v'], 'y')];
    const made = model({ nodes, constants, inputs: [U], outputs: [['y', 0]] });
    expect(typeOf(scopesOf(made)[0], 'y')?.dtype).toBe(dtype);
  });

  test('what is made of it, backwards', () => {
    const nodes = [node('Abs', ['u'], 'v'), node('Add', ['v', 'u'], 'w'), node('MatMul', ['w', 'f16'], 'y')];
    const made = model({ nodes, constants, inputs: [U], outputs: [['y', 0]] });
    for (const name of ['u', 'v', 'w', 'y']) expect(typeOf(scopesOf(made)[0], name)?.dtype).toBe(10);
  });
  test('nothing where two disagree', () => {
    const nodes = [node('Add', ['f32', 'f16'], 'v'), node('Abs', ['v'], 'y')];
    expect(typeOf(scopesOf(model({ nodes, constants, outputs: [['y', 0]] }))[0], 'y')?.dtype).toBeUndefined();
  });
  test('branches and loops, from inside and from around', () => {
    const body = graph({
      nodes: [node('Identity', ['cond'], 'go'), node('Add', ['state', 'f16'], 'next'), node('Abs', ['state'], 'seen')],
      inputs: [
        ['i', 0],
        ['cond', 0],
        ['state', 0],
      ],
      outputs: [
        ['go', 0],
        ['next', 0],
        ['seen', 0],
      ],
    });
    const branch = graph({ nodes: [node('Neg', ['last'], 'out')], outputs: [['out', 0]] });
    const nodes = [
      node('Loop', ['n', 'b', 'u'], ['last', 'all'], { body: graphValue(body) }),
      node('If', ['b'], 'y', { then_branch: graphValue(branch), else_branch: graphValue(branch) }),
    ];
    const made = model({ nodes, constants, inputs: [U, ['n', 7, []]], outputs: [['y', 0]] });
    for (const name of ['u', 'last', 'all', 'y']) expect(typeOf(scopesOf(made)[0], name)?.dtype).toBe(10);
  });
});

test.each<[string, Uint8Array[], unknown[]]>([
  ['broadcasting', [node('Add', ['x', 'w'], 'y')], ['b', 3, 4]],
  ['a scalar', [node('Mul', ['x', 's'], 'y')], ['b', 3, 4]],
  ['a product', [node('MatMul', ['x', 'm'], 'y')], ['b', 3, 5]],
  ['a transposition', [node('Transpose', ['x'], 'y', { perm: [2, 0, 1] })], [4, 'b', 3]],
  ['reshaping', [node('Reshape', ['x', 'to'], 'y')], ['b', undefined]],
  ['a new axis', [node('Unsqueeze', ['x', 'one'], 'y')], ['b', 1, 3, 4]],
  [
    'the shape of a shape',
    [node('Shape', ['x'], 'h'), node('Reshape', ['x', 'h'], 'y')],
    [undefined, undefined, undefined],
  ],
  ['a mean', [node('ReduceMean', ['x'], 'y', { axes: [-1], keepdims: 0 })], ['b', 3]],
  ['parts', [node('Split', ['x'], ['y', 'z'], { axis: 2 })], ['b', 3, 2]],
  ['joining', [node('Concat', ['x', 'x'], 'y', { axis: -2 })], ['b', 6, 4]],
])('a shape follows from %s', (_, nodes, dims) => {
  const constants = [
    ['w', 1, [3, 4], Array(12).fill(1)],
    ['s', 1, [], [2]],
    ['m', 1, [4, 5], Array(20).fill(1)],
    ['to', 7, [2], [0, -1]],
    ['one', 7, [1], [1]],
  ] as const;
  const made = model({ nodes, constants, inputs: [['x', 1, ['b', 3, 4]]], outputs: [['y', 0]] });
  expect(typed(made, 'y')).toEqual([1, dims]);
});

describe('functions', () => {
  const gelu: FunctionParts = {
    name: 'act',
    domain: 'my',
    inputs: ['a'],
    outputs: ['b'],
    parameters: ['approximate'],
    nodes: [node('Gelu', ['a'], 'b', { approximate: reference('approximate', 3) })],
    opsets: { '': 20 },
  };
  const opsets = { '': 20, my: 1 };
  const call = (x: string, y: string, attributes = {}): Uint8Array => node('act', [x], y, attributes, 'my');

  test('a reference has the value of each call', () => {
    const nodes = [
      call('x', 'p', { approximate: 'tanh' }),
      call('p', 'q', { approximate: 'none' }),
      call('q', 'y', { approximate: 'tanh' }),
    ];
    const bytes = model({ nodes, functions: [gelu], opsets });
    expect(inspectOnnx(bytes).gelus).toMatchObject([
      { variant: 'tanh', count: 2, dtype: 'float32', graph: 'function my:act' },
      { variant: 'none', count: 1, dtype: 'float32' },
    ]);
    const { kept, rewritten } = rewriteOnnx(bytes, { to: 'decomposed' });
    expect(rewritten).toEqual([]);
    expect(kept.map(({ reason }) => reason)).toEqual(Array(2).fill('it is another function in different calls'));
  });
  test('or that of the function, or none', () => {
    const defaults = { approximate: 'tanh' };
    const one = model({ nodes: [call('x', 'y')], functions: [{ ...gelu, parameters: [], defaults }], opsets });
    expect(inspectOnnx(one).gelus).toMatchObject([{ variant: 'tanh' }]);
    const none = model({ nodes: [call('x', 'y')], functions: [gelu], opsets });
    const [found] = inspectOnnx(none).gelus;
    expect(found.variant).toBeUndefined();
    expect(found.problem).toMatch(/its attribute approximate is that of the function around it/);
    expect(rewriteOnnx(none, { to: 'microsoft' }).kept).toMatchObject([{ reason: found.problem }]);
  });
  test('handed on through other functions, counted', () => {
    const outer: FunctionParts = {
      ...gelu,
      name: 'twice',
      parameters: ['how'],
      nodes: [
        call('a', 'c', { approximate: reference('how', 3) }),
        call('c', 'b', { approximate: reference('how', 3) }),
      ],
      opsets,
    };
    const nodes = [
      node('twice', ['x'], 'p', { how: 'tanh' }, 'my'),
      node('twice', ['p'], 'q', { how: 'tanh' }, 'my'),
      node('twice', ['q'], 'y', { how: 'tanh' }, 'my'),
    ];
    const bytes = model({ nodes, functions: [outer, gelu], opsets });
    expect(inspectOnnx(bytes).gelus).toMatchObject([{ variant: 'tanh', count: 6 }]);
  });
  test('of one name in several domains and overloads', () => {
    const functions = [
      { ...gelu, domain: 'other', nodes: [node('Neg', ['a'], 'b')] },
      { ...gelu, overload: 'second', nodes: [node('Abs', ['a'], 'b')] },
      gelu,
    ];
    const bytes = model({ nodes: [call('x', 'y', { approximate: 'tanh' })], functions, opsets });
    expect(inspectOnnx(bytes).gelus).toMatchObject([{ variant: 'tanh', count: 1 }]);
  });
  test('each dtype is a kind of call of its own', () => {
    const nodes = [call('x', 'y', { approximate: 'none' }), call('h', 'z', { approximate: 'none' })];
    const inputs: Info[] = [['x'], ['h', 10]];
    const bytes = model({ nodes, functions: [gelu], opsets, inputs, outputs: [['y'], ['z', 10]] });
    expect(inspectOnnx(bytes).gelus.map(({ dtype }) => dtype)).toEqual(['float32', 'float16']);
  });
  test('that call themselves are no model', () => {
    const one = { ...gelu, nodes: [node('two', ['a'], 'b', {}, 'my')] };
    const two = { ...gelu, name: 'two', nodes: [call('a', 'b')] };
    expect(() => inspectOnnx(model({ nodes: [call('x', 'y')], functions: [one, two], opsets }))).toThrow(
      /calls itself/,
    );
  });
  test('calls beyond number', () => {
    // Each calls the next twice: 2⁹⁹ calls, with other attributes each time.
    const functions = Array.from(
      { length: 100 },
      (_, i): FunctionParts => ({
        ...gelu,
        name: `f${i}`,
        parameters: ['p', 'q'],
        nodes:
          i === 99
            ? [node('LeakyRelu', ['a'], 'c', { alpha: reference('p', 1) }), node('Gelu', ['c'], 'b')]
            : [1, 2].map((k) =>
                node(
                  `f${i + 1}`,
                  [k === 1 ? 'a' : 'c'],
                  k === 1 ? 'c' : 'b',
                  { p: { f: k + 2 * i }, q: reference('p', 1) },
                  'my',
                ),
              ),
        opsets,
      }),
    );
    const [found] = inspectOnnx(model({ nodes: [node('f0', ['x'], 'y', {}, 'my')], functions, opsets })).gelus;
    expect(found).toMatchObject({ variant: 'none', count: Number.MAX_SAFE_INTEGER });
  });
});

describe('no shape of a model is too much', () => {
  const N = 20_000;
  const chain = (link: (i: number) => Uint8Array): Uint8Array[] => Array.from({ length: N }, (_, i) => link(i));
  test.each<[string, () => Uint8Array[]]>([
    ['a chain', () => chain((i) => node('Abs', [`v${i}`], `v${i + 1}`))],
    ['a chain of sums', () => chain((i) => node('Add', [`v${i}`, `v${i}`], `v${i + 1}`))],
    ['a chain of constants', () => chain((i) => node('Mul', [`v${i}`, 'half'], `v${i + 1}`))],
    ['a wide sum', () => [node('Sum', [...Array(N).fill('v0'), 'half'], `v${N}`)]],
  ])('%s', (_, nodes) => {
    const bytes = model({
      nodes: [...nodes(), ...erfGelu(`v${N}`, 'y', 'g_')],
      constants: CONSTANTS,
      outputs: [['y', 0]],
    });
    expect(typeOf(scopesOf(bytes)[0], `v${N}`)?.dtype).toBe(1);
    expect(inspectOnnx(bytes).nodes).toBeGreaterThan(5);
  });
  test('circles, nodes without inputs, outputs or an operator', () => {
    const nodes = [
      node('Add', ['b', 'x'], 'a'),
      node('Abs', ['a'], 'b'),
      node('Gelu', [], []),
      node('Gelu', ['x'], []),
      node('Gelu', [], 'z'),
      node('', [''], ['']),
      node('Erf', [], []),
      node('Reshape', [], 'q'),
      node('Conv', ['x', 'half'], 'r'),
      ...erfGelu('a', 'y', 'g_'),
    ];
    const bytes = model({ nodes, constants: CONSTANTS });
    expect(inspectOnnx(bytes).gelus.length).toBeLessThanOrEqual(1);
    for (const to of ['gelu', 'microsoft', 'accurate', 'decomposed'] as const) rewriteOnnx(bytes, { to });
  });
  test('graphs in graphs', () => {
    expect(() =>
      inspectOnnx(model({ nodes: [node('If', ['x'], 'y', { then_branch: graphValue(deep(1_000)) })] })),
    ).toThrow(OnnxFormatError);
  });
});

function deep(levels: number): Uint8Array {
  let inner = graph({ nodes: erfGelu('x', 'y') });
  for (let i = 0; i < levels; i++)
    inner = graph({ nodes: [node('If', ['x'], 'y', { then_branch: graphValue(inner) })] });
  return inner;
}
