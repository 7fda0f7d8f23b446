import fc from 'fast-check';
import { type OnnxActivation, type OnnxRewrite, OnnxRewriteError, type OnnxTarget, rewriteOnnx } from 'gelu/onnx';
import { beforeAll, expect, test } from 'vitest';
import { decode, encode, FLOAT16 as HALF } from '../../../gelu/src/numerics/small-floats.js';
import { loadRuntime, type Runtime } from '../implementations/onnx.js';
import { withoutTraces } from '../implementations/traces.js';
import { FLOAT16, FLOAT32, FLOAT64, float, GraphBuilder, integer, string, value } from './graph-builder.js';
import { EXPONENTIAL_PATTERNS, OTHER_PATTERNS, PATTERNS } from './patterns.js';
import { encodeModel } from './schema.js';

// No silent change: whatever is rewritten, the runtime loads it, and its numbers are those of before; or it was kept, with a reason.
// GELU_REWRITES=20000 tries more, and others, than the suite does.
const RUNS = Number(process.env.GELU_REWRITES ?? 500);

type Build = (g: GraphBuilder, x: string) => string;
const MICROSOFT = 'com.microsoft';
const one =
  (op: string, attributes: object[] = [], domain = ''): Build =>
  (g, x) =>
    g.op(op, [x], attributes, domain);

/** The first opset of all that a pattern is made of. */
function since(name: string, build: Build): number {
  const g = new GraphBuilder();
  build(g, 'x');
  const first: Record<string, number> = { Erf: 9, Where: 9, Clip: 11 };
  if (name.includes('Clip') || name.includes('Min')) return 11;
  return g.node.reduce((most: number, { opType }: { opType?: string }) => Math.max(most, first[opType ?? ''] ?? 7), 7);
}

/** Activations by name, with the first opset that has what they are made of. */
const ACTIVATIONS: Record<string, [since: number, build: Build]> = {
  ...Object.fromEntries(
    [...PATTERNS, ...EXPONENTIAL_PATTERNS, ...OTHER_PATTERNS].map(({ name, build }): [string, [number, Build]] => [
      name,
      [since(name, build), build],
    ]),
  ),
  Gelu: [20, one('Gelu')],
  'Gelu tanh': [20, one('Gelu', [string('approximate', 'tanh')])],
  'com.microsoft.Gelu': [9, one('Gelu', [], MICROSOFT)],
  FastGelu: [7, one('FastGelu', [], MICROSOFT)],
  QuickGelu: [7, one('QuickGelu', [float('alpha', 1.702)], MICROSOFT)],
  'QuickGelu of α 1': [7, one('QuickGelu', [float('alpha', 1)], MICROSOFT)],
  'QuickGelu of α −2': [7, one('QuickGelu', [float('alpha', -2)], MICROSOFT)],
  'x·σ(1.5x)': [7, (g, x) => g.op('Mul', [g.op('Sigmoid', [g.op('Mul', [x, 1.5])]), x])],
  Swish: [24, one('Swish', [float('alpha', 1.702)])],
  'Swish of α 1': [24, one('Swish')],
  HardSwish: [14, one('HardSwish')],
  Mish: [18, one('Mish')],
  'σ of values rounded to float16': [
    7,
    (g, x) => g.op('Mul', [x, g.cast(g.cast(g.op('Sigmoid', [x]), FLOAT16), g.dtype)]),
  ],
};

/** What stands before and after: operators that a higher opset may concern. */
const NEIGHBOURS: Record<string, [since: number, build: Build]> = {
  nothing: [1, (_, x) => x],
  ...Object.fromEntries(
    'Relu Elu Selu LeakyRelu HardSigmoid Softplus Softsign Tanh Abs'
      .split(' ')
      .map((op): [string, [number, Build]] => [op, [6, one(op)]]),
  ),
  ThresholdedRelu: [10, one('ThresholdedRelu')],
  Celu: [12, one('Celu')],
  HardSwish: [14, one('HardSwish')],
  Mish: [18, one('Mish')],
  Erf: [9, one('Erf')],
  Softmax: [1, one('Softmax')],
  'mean of all': [1, (g, x) => g.op('Sub', [x, g.op('ReduceMean', [x])])],
  'mean of the last': [
    1,
    (g, x) =>
      g.op('Sub', [x, g.op('ReduceMean', [x], [{ name: 'axes', ints: [-1], type: 7 }, integer('keepdims', 1)])]),
  ],
  Dropout: [7, one('Dropout')],
  Transpose: [1, (g, x) => g.op('Transpose', [g.op('Transpose', [x])])],
  'a bias': [7, (g, x) => g.op('Add', [x, 0.25])],
};

const DTYPES = { float32: FLOAT32, float16: FLOAT16, float64: FLOAT64 };
const DIMS = [[64], [8, 8], [2, 4, 8], [1, 2, 4, 8]];
const TARGETS: OnnxTarget[] = ['gelu', 'standard', 'microsoft', 'accurate', 'decomposed'];
/** What differences may be, as parts of 1 or of the value: rounding of float32, of float16 constants, of float64. */
const BOUNDS = { float32: 1e-5, float16: 6e-3, float64: 1e-12 };

const cases = fc.record({
  activation: fc.constantFrom(...Object.keys(ACTIVATIONS)),
  second: fc.option(fc.constantFrom(...Object.keys(ACTIVATIONS)), { freq: 3 }),
  before: fc.constantFrom(...Object.keys(NEIGHBOURS)),
  after: fc.constantFrom(...Object.keys(NEIGHBOURS)),
  dtype: fc.constantFrom(...(Object.keys(DTYPES) as (keyof typeof DTYPES)[])),
  opset: fc.nat(1000),
  to: fc.constantFrom(...TARGETS),
  as: fc.constantFrom('initializer' as const, 'node' as const),
  shape: fc.constantFrom('scalar' as const, 'one' as const),
  rank: fc.integer({ min: 1, max: 4 }),
  within: fc.constantFrom('graph', 'graph', 'If', 'Loop', 'function'),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

const engines = {} as Record<'node' | 'web', Runtime>;
beforeAll(async () => {
  for (const kind of ['node', 'web'] as const) engines[kind] = await withoutTraces(() => loadRuntime(kind));
});

/** The parts of a model, and an opset that has them all. */
function partsOf({ activation, second, before, after, opset }: Case): { parts: Build[]; at: number } {
  const named = [
    NEIGHBOURS[before],
    ACTIVATIONS[activation],
    ...(second ? [ACTIVATIONS[second]] : []),
    NEIGHBOURS[after],
  ];
  const since = Math.max(7, ...named.map(([first]) => first));
  return { parts: named.map(([, part]) => part), at: since + (opset % (25 - since)) };
}

function modelOf(given: Case): Uint8Array {
  const { dtype, within, shape, rank } = given;
  const { parts, at } = partsOf(given);
  const [type, as] = [DTYPES[dtype], within === 'function' ? 'node' : given.as] as const;
  const g = new GraphBuilder({ as, shape, dtype: type });
  const build = (x: string, y: string): void => {
    const result = parts.reduce((v, part) => part(g, v), x);
    g.op('Identity', [result], [], '', y);
  };
  const [x, y] = ['x', 'y'].map((name) => value(name, type, rank));
  const opsetImport = [
    { domain: '', version: at },
    { domain: MICROSOFT, version: 1 },
  ];
  const whole = (graph: object, more: object = {}): Uint8Array =>
    encodeModel({ irVersion: 8, opsetImport, graph: { name: 'model', input: [x], output: [y], ...graph }, ...more });
  const inner = (name: string, graph: object): object => ({ name, g: { name, ...graph }, type: 5 });
  const outer = new GraphBuilder({}, 'outer_');
  if (within === 'graph') build('x', 'y');
  else if (within === 'If') {
    build('x', 'inner_y');
    const other = { node: [{ opType: 'Identity', input: ['x'], output: ['other_y'] }] };
    const branches = [
      inner('then_branch', { node: g.node, initializer: g.initializer, output: [value('inner_y', type, rank)] }),
      inner('else_branch', { ...other, output: [value('other_y', type, rank)] }),
    ];
    outer.op('If', [outer.cast(outer.constant(1), BOOL)], branches, '', 'y');
    return whole(outer);
  } else if (within === 'Loop') {
    build('inner_x', 'inner_y');
    g.op('Identity', ['on'], [], '', 'still_on');
    const body = inner('body', {
      node: g.node,
      initializer: g.initializer,
      input: [scalar('i', INT64), scalar('on', BOOL), value('inner_x', type, rank)],
      output: [scalar('still_on', BOOL), value('inner_y', type, rank)],
    });
    outer.op('Loop', [outer.cast(outer.constant(1), INT64), outer.cast(outer.constant(1), BOOL), 'x'], [body], '', 'y');
    return whole(outer);
  } else {
    build('in', 'out');
    const f = { name: 'f', domain: 'test', input: ['in'], output: ['out'], node: g.node, opsetImport };
    outer.op('f', ['x'], [], 'test', 'y');
    opsetImport.push({ domain: 'test', version: 1 });
    return whole(outer, { functions: [f] });
  }
  return whole(g);
}

const BOOL = 9;
const INT64 = 7;
const scalar = (name: string, elemType: number): object => ({ name, type: { tensorType: { elemType, shape: {} } } });

async function outputOf(kind: 'node' | 'web', model: Uint8Array, { dtype, rank }: Case): Promise<number[] | string> {
  const { InferenceSession, Tensor } = engines[kind];
  const executionProviders = [kind === 'node' ? 'cpu' : 'wasm'];
  const values = Array.from({ length: 64 }, (_, i) => (i - 31.7) / 5);
  const data = {
    float32: () => Float32Array.from(values),
    float16: () => Uint16Array.from(values, (v) => encode(v, HALF)),
    float64: () => Float64Array.from(values),
  }[dtype]();
  try {
    const session = await InferenceSession.create(model, { executionProviders, logSeverityLevel: 4 });
    const { y } = await session.run({ x: new Tensor(dtype as 'float32', data as Float32Array, DIMS[rank - 1]) });
    await session.release();
    const numbers = y.data as Float32Array;
    if (dtype !== 'float16') return Array.from(numbers);
    return Array.from(new Uint16Array(numbers.buffer, numbers.byteOffset, numbers.length), (b) => decode(b, HALF));
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
}

const counts = { rewritten: 0, kept: 0, refusedBefore: 0, notRaised: 0 };

async function expectUnchanged(given: Case, variant?: 'sigmoid'): Promise<void> {
  const model = modelOf(given);
  let rewrite: OnnxRewrite<OnnxActivation>;
  try {
    rewrite = rewriteOnnx(model, { to: given.to, variant, activation: 'all' });
  } catch (error) {
    if (!(error instanceof OnnxRewriteError) || error.message.length < 20) throw error;
    counts.notRaised++;
    return;
  }
  const { rewritten, kept, bytes } = rewrite;
  for (const { reason } of kept) if (reason.length < 8) throw new Error(`kept without a reason: '${reason}'`);
  counts.kept += kept.length;
  if (rewritten.length === 0) {
    if (!Buffer.from(bytes()).equals(model)) throw new Error('nothing was rewritten, and yet it is another file');
    return;
  }
  for (const kind of given.rank === 4 ? (['node', 'web'] as const) : (['node'] as const)) {
    const before = await outputOf(kind, model, given);
    if (typeof before === 'string') {
      counts.refusedBefore++;
      continue;
    }
    const after = await outputOf(kind, bytes(), given);
    if (typeof after === 'string')
      throw new Error(`at opset ${partsOf(given).at} ${kind} refuses the result: ${after}`);
    for (const [i, value] of before.entries()) {
      const bound = BOUNDS[given.dtype] * Math.max(1, Math.abs(value));
      const same = Object.is(value, after[i]) || Math.abs(value - after[i]) <= bound;
      if (!same) throw new Error(`at opset ${partsOf(given).at} ${kind}: element ${i} was ${value} and is ${after[i]}`);
    }
    counts.rewritten++;
  }
}

test(`${RUNS} rewrites of random models change no numbers`, async () => {
  const seed = process.env.GELU_REWRITES === undefined ? 7 : Date.now();
  await fc.assert(
    fc.asyncProperty(cases, (given) => expectUnchanged(given)),
    { numRuns: RUNS, seed, endOnFailure: false },
  );
  // Each usual end was met.
  for (const what of ['rewritten', 'kept', 'refusedBefore'] as const) expect(counts[what], what).toBeGreaterThan(0);
  expect(counts.rewritten).toBeGreaterThan(RUNS / 5);
}, 3_600_000);

test('a change would be noticed', async () => {
  const plain = {
    second: null,
    before: 'nothing',
    after: 'nothing',
    as: 'node',
    shape: 'one',
    rank: 4,
    within: 'graph',
  } as const;
  for (const dtype of ['float32', 'float16'] as const) {
    const given = { ...plain, activation: PATTERNS[0].name, dtype, opset: 8, to: 'accurate' } as const;
    await expectUnchanged(given);
    await expect(expectUnchanged(given, 'sigmoid')).rejects.toThrow(/element \d+ was/);
  }
});
