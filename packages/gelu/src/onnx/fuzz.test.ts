import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CONSTANTS,
  erfGelu,
  graph,
  graphValue,
  type Info,
  model,
  node,
  reference,
  tensorValue,
  type Value,
} from '../../test/support/onnx-model.js';
import { inspectOnnx, OnnxFormatError, OnnxRewriteError, type OnnxTarget, rewriteOnnx } from './index.js';

// Damaged files and models that make no sense: nothing but the documented errors, and an end. GELU_MUTATIONS tries more, and others.

const MUTATIONS = Number(process.env.GELU_MUTATIONS ?? 10_000);
const STRUCTURES = MUTATIONS / 100;
const TARGETS: readonly OnnxTarget[] = ['gelu', 'standard', 'microsoft', 'accurate', 'decomposed'];
/** Of Mulberry32. */
let state = process.env.GELU_MUTATIONS === undefined ? 13 : Date.now() >>> 0;

/** A whole number below n. */
function random(n: number): number {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
}

/** A bit of all that is read: branches, a function with an attribute of its call, tensors, conversions, types. */
function wholeModel(): Uint8Array {
  const gated = [
    node('Sigmoid', ['s1'], 'gate', {}),
    node('Mul', ['s1', 'gate'], 'silu'),
    node('Mul', ['silu', 's2'], 'product'),
  ];
  const f = {
    name: 'f',
    domain: 'my',
    inputs: ['a'],
    outputs: ['b'],
    parameters: ['form'],
    defaults: { form: 'tanh' },
    nodes: [node('Gelu', ['a'], 'b', { approximate: reference('form', 3) })],
    opsets: { '': 13 },
  };
  return model({
    nodes: [
      node('ReduceMean', ['x'], 'mean', { axes: [-1], keepdims: 1 }),
      node('Constant', [], 'r', { value: tensorValue(1, [], [Math.SQRT2]) }),
      ...erfGelu('mean', 'g', 'g_'),
      node('Split', ['g'], ['s1', 's2'], { axis: -1 }),
      ...gated,
      node('f', ['product'], 'called', { form: 'none' }, 'my'),
      node('If', ['c'], 'y', {
        then_branch: graphValue(graph({ nodes: erfGelu('called', 'ty', 't_'), outputs: [['ty', 1]] })),
        else_branch: graphValue(graph({ nodes: [node('Identity', ['called'], 'ey')], outputs: [['ey', 1]] })),
      }),
    ],
    inputs: [
      ['x', 1, [2, 'n']],
      ['c', 9, []],
    ],
    constants: CONSTANTS.slice(1),
    infos: [['g', 1, [2, 1]]],
    opsets: { '': 13, my: 1, 'com.microsoft': 1 },
    functions: [f],
  });
}

/** Bytes that are changed, cut, added, moved, or made a length beyond all. */
function mutated(bytes: Uint8Array): Uint8Array {
  let result = [...bytes];
  for (let changes = 1 + random(3); changes > 0; changes--) {
    const at = random(result.length);
    const kind = random(7);
    if (kind < 2) result[at] = random(256);
    else if (kind === 2) result[at] ^= 1 << random(8);
    else if (kind === 3) result.splice(at, 1 + random(9));
    else if (kind === 4) result.splice(at, 0, ...result.slice(at, at + random(60)));
    else if (kind === 5) result.splice(at, 1, ...Array(random(10)).fill(0xff), random(128));
    else result = result.slice(0, at + 1);
  }
  return Uint8Array.from(result);
}

const counts = { read: 0, refused: 0, rewritten: 0 };

function tryAll(bytes: Uint8Array, targets: readonly OnnxTarget[]): void {
  const original = bytes.slice();
  try {
    inspectOnnx(bytes);
    counts.read++;
    for (const to of targets) {
      const { rewritten, kept, bytes: after } = rewriteOnnx(bytes, { to, activation: 'all' });
      counts.rewritten += rewritten.length;
      for (const { reason } of kept) expect(reason.length).toBeGreaterThan(8);
      if (rewritten.length === 0) expect(Buffer.from(after()).equals(bytes)).toBe(true);
      else inspectOnnx(after());
    }
  } catch (error) {
    counts.refused++;
    if (!(error instanceof OnnxFormatError || error instanceof OnnxRewriteError)) throw error;
    expect(error.message).toMatch(/^[^\n]{8,}$/);
  }
  if (!Buffer.from(bytes).equals(original)) throw new Error('the input was changed');
}

test(`${MUTATIONS} mutated models`, () => {
  const bytes = wholeModel();
  expect(inspectOnnx(bytes)).toMatchObject({ gelus: { length: 3 }, others: { length: 1 }, notUnderstood: [] });
  // Every fourth is rewritten too.
  for (let i = 0; i < MUTATIONS; i++) tryAll(mutated(bytes), i % 4 === 0 ? [TARGETS[(i / 4) % TARGETS.length]] : []);
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(MUTATIONS / 20);
}, 3_600_000);

const NAMES = ['x', 'a', 'b', 'c', 'd', 'half', 'one', 'r', 'y', ''];
const OPERATORS =
  `Erf Mul Mul Add Div Gelu Swish HardSwish Mish QuickGelu BiasGelu FastGelu Sigmoid Tanh Exp Clip Softplus Where Min
  Reshape Concat Gather Softmax Split Transpose Squeeze ReduceMean Pad Slice Cast CastLike Constant ConstantOfShape Expand Identity
  Dropout QuantizeLinear DequantizeLinear If Loop Scan f Unheard`.split(/\s+/);
const DOMAINS = ['', '', '', '', 'com.microsoft', 'my', 'ai.onnx'];
const integers = fc.constantFrom(0, 1, -1, 2, 9, -9, 2 ** 31, -(2 ** 40), Number.MAX_SAFE_INTEGER);
const values: fc.Arbitrary<Value> = fc.oneof(
  integers,
  fc.constantFrom('none', 'tanh', 'Tanh', ''),
  fc.array(integers, { maxLength: 4 }),
  fc.double().map((f) => ({ f })),
  fc.constantFrom(3, 1).map((type) => reference('form', type)),
  fc.tuple(integers, fc.array(integers, { maxLength: 3 })).map(([dtype, dims]) => tensorOf(dtype, dims)),
);
/** A tensor of one element, whatever its dimensions say. */
const tensorOf = (dtype: number, dims: readonly number[]): Value => tensorValue(dtype === 1 ? 1 : 7, dims, [1]);
const names = fc.array(fc.constantFrom(...NAMES), { maxLength: 4 });
const attributes = fc.dictionary(
  fc.constantFrom('axis', 'axes', 'alpha', 'approximate', 'perm', 'to', 'value', 'min', 'split', 'shape', 'is_test'),
  values,
  { maxKeys: 3 },
);

const { nodes } = fc.letrec<{ node: Uint8Array; nodes: Uint8Array[] }>((tie) => ({
  node: fc
    .tuple(fc.constantFrom(...OPERATORS), names, names, attributes, fc.constantFrom(...DOMAINS), tie('nodes'))
    .map(([op, inputs, outputs, given, domain, inside]) => {
      const body = graphValue(graph({ nodes: inside, inputs: [['a', 1]], outputs: [['b', 1]] }));
      const inner = op === 'If' || op === 'Loop' || op === 'Scan' ? { body } : {};
      return node(op, inputs, outputs, { ...given, ...inner }, domain);
    }),
  nodes: fc.oneof({ maxDepth: 2 }, fc.constant(erfGelu('x', 'y', 'g_')), fc.array(tie('node'), { maxLength: 14 })),
}));

const infos: fc.Arbitrary<Info[]> = fc.array(
  fc.tuple(
    fc.constantFrom(...NAMES),
    fc.constantFrom(0, 1, 7, 10, 11, 16, 17, 99, -1),
    fc.array(fc.constantFrom(1, 2, 0, -1, 'n', 2 ** 40), { maxLength: 3 }),
  ),
  { maxLength: 3 },
);

test(`${STRUCTURES} models that make no sense`, () => {
  fc.assert(
    fc.property(nodes, nodes, infos, fc.integer({ min: -1, max: 30 }), (main, called, types, version) => {
      const f = { name: 'f', domain: 'my', inputs: ['x'], outputs: ['y'], nodes: called, opsets: { '': version } };
      const opsets = { '': version, my: 1 };
      tryAll(model({ nodes: main, constants: CONSTANTS, infos: types, opsets, functions: [f] }), TARGETS);
    }),
    { numRuns: STRUCTURES },
  );
}, 3_600_000);
