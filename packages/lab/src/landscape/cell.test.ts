import { expect, test } from 'vitest';
import { type Cell, measureCell } from './cell.js';
import type { Found } from './errors.js';
import { type Format, type Numbers, rounded } from './format.js';
import { boundOf, FUNCTION_NAMES, type FunctionName } from './functions.js';
import { fromHalves, toHalves } from './halves.js';
import { ported } from './porting.js';
import type { Reference } from './reference.js';
import type { Order, Target } from './target.js';

// What is right has no fault, and each fault that is made is found, and no other.

type Edit = (y: number, x: number, order: Order, i: number, all: Numbers) => number;
const references = new Map<string, Reference>();

function targetOf(name: FunctionName, format: Format, edit: Edit, orders: Order = 0): Target {
  const { evaluate } = boundOf(name);
  return {
    title: 'test',
    versions: {},
    format,
    orders,
    calls: { [name]: name },
    timed: false,
    evaluate: async (_, x, order) =>
      x.map((v, i) => rounded(edit(rounded(evaluate(order, v), format), v, order, i, x), format)) as Numbers,
  };
}

async function measured(name: FunctionName, edit: Edit, orders: Order = 0, format: Format = 'float32'): Promise<Cell> {
  return measureCell(
    'test',
    targetOf(name, format, edit, orders),
    name,
    { points: 1024, quick: true, rounds: 0 },
    references,
  );
}

const value = ({ found: [first] }: Cell): Found => first as Found;
/** What of a function is not as it should be. */
const faults = (found: Found): string[] =>
  Object.entries(found)
    .filter(
      ([key, v]) => !['points', 'worst', 'apart', 'subnormalLost'].includes(key) && v !== null && String(v) !== '',
    )
    .map(([key]) => key);

const FORMATS: readonly Format[] = ['float32', 'float64', 'float16'];
/** Those of which the other formats are tried too; of float16 all numbers are. */
const HALVES: readonly FunctionName[] = ['gelu', 'hardswish'];

test.each(FUNCTION_NAMES)('%s, correctly rounded, has no fault', async (name) => {
  for (const format of FORMATS.slice(0, HALVES.includes(name) ? 3 : 1)) {
    const cell = await measured(name, (y) => y, 2, format);
    for (const found of cell.found as Found[]) {
      expect(faults(found)).toEqual([]);
      expect(found.worst?.ulp ?? 0).toBeLessThanOrEqual(0.5);
      expect(found.subnormalLost ?? 0).toBe(0);
    }
    expect([cell.computes, cell.placement]).toEqual([{ function: name, formula: null }, null]);
  }
});

test.each<[string, FunctionName, Edit, string[]]>([
  ['a tail of 0', 'gelu', (y, x) => (x < -9 ? -0 : y), ['off', 'lost']],
  ['another sign', 'gelu', (y, x) => (x < -9 && x > -10 ? -y : y), ['off', 'sign', 'backward']],
  ['NaN', 'silu', (y, x) => (x > 90 && x < 1e38 ? Number.NaN : y), ['off', 'broken']],
  ['a number for NaN', 'relu6', (y, x) => (Number.isNaN(x) ? 0 : y), ['specials']],
  ['above 1', 'tanh', (y, x) => (x > 9 && x < 11 ? 1 + 2 ** -23 : y), ['backward', 'beyond']],
  ['lopsided', 'softsign', (y, x) => (x > 0.1 && x < 10 ? y * (1 + 2 ** -20) : y), ['lopsided']],
  ['0 beside 0', 'elu', (y, x) => (x < 0 && x > -1e-7 ? -0 : y), ['off', 'lost']],
])('%s is found: %s', async (_, name, edit, expected) => {
  expect(faults(value(await measured(name, edit)))).toEqual(expected);
});

test('a derivative, a convention at a kink, and a derivative that fails', async () => {
  const kink = await measured('relu', (y, x, order) => (order === 1 && x === 0 ? 1 : y), 2);
  expect(kink.found[1]).toMatchObject({ kinks: [{ x: 0, got: 1, due: 0 }], specials: [], sign: null });
  const wrong = await measured('silu', (y, x, order) => (order === 2 && x > 3 ? -y : y), 2);
  expect(wrong.found.map((found) => (found as Found).sign?.x ?? null)).toEqual([null, null, expect.closeTo(3, 0)]);
  const target: Target = {
    ...targetOf('gelu', 'float32', (y) => y, 1),
    evaluate: async (_, x, order) => {
      if (order === 1) throw new Error('no gradient\nof it');
      return x;
    },
  };
  const failed = await measureCell('test', target, 'gelu', { points: 1024, quick: true, rounds: 0 }, references);
  expect(failed.found.slice(1)).toEqual([{ failed: 'no gradient' }, null]);
});

test('what is computed is recognised: another function, a formula that loses', async () => {
  const tanh = boundOf('gelu tanh').evaluate;
  expect((await measured('gelu', (_, x) => tanh(0, x), 0, 'float64')).computes).toEqual({
    function: 'gelu tanh',
    formula: null,
  });
  const softplus = (x: number): number => Math.fround(Math.log(Math.fround(1 + Math.fround(Math.exp(x)))));
  expect((await measured('softplus', (_, x) => softplus(x))).computes).toEqual({
    function: 'softplus',
    formula: 'log(1 + eˣ)',
  });
  const keras2 = (x: number): number => Math.min(1, Math.max(0, Math.fround(Math.fround(0.2 * x) + 0.5)));
  expect((await measured('hardsigmoid', (_, x) => keras2(x))).computes).toEqual({
    function: null,
    formula: 'clip(0.2·x + 0.5)',
  });
  expect((await measured('gelu', (y) => y + 1)).computes).toEqual({ function: null, formula: null });
});

test('a result that depends on the place, or on there being nothing else', async () => {
  const last: Edit = (y, _, __, i, all) => (i === all.length - 1 && all.length % 4 > 0 ? y * (1 + 2 ** -20) : y);
  expect((await measured('gelu', last)).placement).toMatchObject({
    example: { how: expect.stringMatching(/^(element|alone)/) },
  });
  const equal: Edit = (y, x, _, __, all) => (x !== 0 && all.every((v) => v === x) ? y * (1 + 2 ** -20) : y);
  expect((await measured('gelu', equal)).placement?.example.how).toMatch(/alone|times itself/);
});

test('porting tells what differs, and from where on', async () => {
  const [one, two] = [
    await measured('gelu', (y) => y),
    await measured('gelu', (y, x) => (x < -6.2 ? 0 : x > 3 ? y + 1 : y)),
  ];
  expect(ported([one], [one])).toMatchObject([{ apart: 0, from: null, missing: false }]);
  expect(ported([one], [two])).toMatchObject([{ at: 3.5, after: expect.closeTo(4.5, 2), from: 3.5 }]);
  expect(ported([one], [])).toMatchObject([{ function: 'gelu', missing: true }]);
});

test('float16 to bits and back: all there are', () => {
  const bits = Uint16Array.from({ length: 0x10000 }, (_, i) => i).filter((b) => (b & 0x7fff) <= 0x7c00);
  expect(toHalves(fromHalves(bits))).toEqual(bits);
  for (const [x, y] of [
    [1 + 2 ** -11, 1],
    [1 + 3 * 2 ** -11, 1 + 2 ** -9],
    [65520, Infinity],
    [2 ** -25, 0],
    [-(2 ** -24), -(2 ** -24)],
  ])
    expect(rounded(x, 'float16')).toBe(y);
});
