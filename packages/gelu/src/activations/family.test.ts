import { describe, expect, it } from 'vitest';
import { type Entry, FAMILY, type Row } from '../../test/support/reference.js';
import { scale } from '../numerics/scale.js';
import { exponentOf, ulpError } from '../numerics/ulp.js';
import { unrounded } from './formulas/result.js';
import { activation, activations, bind } from './index.js';
import { difference } from './model/define.js';
import { valueOfLine } from './model/shape.js';

const ORDERS = [0, 1, 2] as const;

/** In units in the last place of the exact value, or of the larger addend where it cancels. */
function error(actual: number, [high, low = 0, exponent = 0, cancelled = 0]: Entry): number {
  return ulpError(actual, scale(high, exponent), scale(low, exponent)) / 2 ** cancelled;
}

/** The relative error of what is left in `unrounded`; below float64's range it need only be tiny. */
function unroundedError([high, low = 0, exponent = 0, cancelled = 0]: Entry): number {
  const [h, l, e] = unrounded;
  if (!Number.isFinite(high)) return 0;
  if (high === 0 || exponentOf(high) + exponent < -1074) return Math.abs(scale(h, e)) <= 2 ** -1074 ? 0 : Infinity;
  const difference = scale(h, e - exponent) - high + (scale(l, e - exponent) - low);
  return Math.abs(difference) / (Math.abs(high) * 2 ** cancelled);
}

/** The largest error over the rows, with its place. */
function worst(rows: Row[], measure: (row: Row) => number): { error: number; x: number } {
  const found = { error: 0, x: Number.NaN };
  for (const row of rows) {
    const e = measure(row);
    if (!(e <= found.error)) Object.assign(found, { error: e, x: row[0] });
  }
  return found;
}

it('has a reference for every activation of the registry', () => {
  expect(new Set(FAMILY.map(({ name }) => name))).toEqual(new Set(activations.map(({ name }) => name)));
});

describe.each(FAMILY)('$name $parameters', ({ name, parameters, ranges }) => {
  const { evaluate, shape, definition, parameters: complete } = activation(name, parameters);
  const facts = definition.facts!(complete);
  const { kinks } = facts;
  const rows = Object.values(ranges).flat();

  // Promised are 1 ULP, and 2 for the second derivative; all stay next to correct rounding.
  it.each(ORDERS)('order %i in float64', (order) => {
    for (const [range, some] of Object.entries(ranges)) {
      const { error: found, x } = worst(some, (row) => error(evaluate(order, row[0]), row[order + 1] as Entry));
      expect(found, `${range}, at x = ${x}`).toBeLessThanOrEqual(0.51);
    }
  });
  it.each(ORDERS)('order %i unrounded', (order) => {
    for (const [precise, bound] of [
      [false, 2 ** -57],
      [true, 2 ** -90],
    ] as const) {
      const { error: found, x } = worst(rows, (row) => {
        evaluate(order, row[0], precise);
        return unroundedError(row[order + 1] as Entry);
      });
      expect(found, `precise ${precise}, at x = ${x}`).toBeLessThanOrEqual(bound);
    }
  });

  it('has derivatives that agree with differences', () => {
    for (const order of [1, 2] as const) {
      const byDifference = difference((v) => evaluate((order - 1) as 0 | 1, v));
      for (let x = -7.9; x < 8; x += 0.173) {
        if (kinks.some((kink) => Math.abs(kink - x) < 0.05)) continue;
        const exact = evaluate(order, x);
        const size = Math.max(Math.abs(exact), Math.abs(evaluate(0, x)), 1e-3);
        // Differences are good to 1e-11 where the function varies over lengths near 1; here it varies over 0.1, too.
        expect(Math.abs(byDifference(x) - exact) / size, `order ${order} at ${x}`).toBeLessThan(1e-6);
      }
    }
  });

  it('holds at the ends of the numbers', () => {
    for (const x of [0, -0, 5e-324, -5e-324, 1e-308, -1e-308, 700, -700, 1e10, -1e10, 1e200, -1e200, 1e308, -1e308])
      for (const order of ORDERS)
        for (const precise of [false, true]) {
          const y = evaluate(order, x, precise);
          expect(y, `order ${order} at ${x}`).not.toBeNaN();
          if (Number.isFinite(facts.below.slope) && Number.isFinite(facts.above.slope))
            expect(Math.abs(y), `order ${order} at ${x}`).toBeLessThan(Infinity);
        }
    for (const order of ORDERS) expect(evaluate(order, Number.NaN)).toBeNaN();
    // At 0 an increasing function keeps the sign of its argument.
    if (evaluate(0, 0) === 0 && evaluate(1, -1e-300) > 0) {
      expect(evaluate(0, 0)).toBe(0);
      expect(evaluate(0, -0)).toBe(-0);
    }
  });

  it('has the shape that it states', () => {
    if (shape.kind === 'piecewise') {
      for (let x = -9.9; x < 10; x += 0.3) {
        const { coefficients, divisor = 1 } = shape.pieces[shape.breaks.filter((b) => b.x < x).length];
        const y = coefficients.reduceRight((sum, c) => sum * x + c, 0) / divisor;
        expect(Math.abs(y - evaluate(0, x))).toBeLessThan(1e-14);
      }
      return;
    }
    for (const [end, x] of [
      [shape.below, -1e9],
      [shape.above, 1e9],
    ] as const) {
      const line = valueOfLine(end, x);
      if (Number.isFinite(line))
        expect(Math.abs(evaluate(0, x) - line)).toBeLessThan(
          name === 'squareplus' ? 1e200 : 1e-7 * Math.max(1, Math.abs(line) * 1e-5),
        );
      else expect(evaluate(0, x)).toBe(line);
      if (Number.isFinite(end.slope) && !end.curvature) expect(evaluate(1, x * 1e100)).toBeCloseTo(end.slope, 10);
      expect(evaluate(0, x * Infinity) === (end.slope === 0 ? end.intercept : valueOfLine(end, x * Infinity))).toBe(
        true,
      );
    }
    for (const order of [0, 1] as const)
      for (const zero of shape.zeros[order]) {
        const [left, right] = [evaluate(order, zero - 1e-6), evaluate(order, zero + 1e-6)];
        // A zero of two times, or at a kink, may only touch 0.
        if (evaluate(order === 0 ? 1 : 2, zero) !== 0 && !facts.stationary.includes(zero))
          expect(left * right).toBeLessThan(0);
      }
  });
});

it("has PyTorch's derivatives where there are two", () => {
  const at = (name: string, x: number, parameters = {}): number => activation(name, parameters).evaluate(1, x);
  expect(at('relu', 0)).toBe(0);
  expect(at('leakyRelu', 0)).toBe(0.01);
  expect(at('prelu', 0)).toBe(0.25);
  expect([at('relu6', 0), at('relu6', 6)]).toEqual([0, 0]);
  expect([at('hardtanh', -1), at('hardtanh', 1)]).toEqual([0, 0]);
  expect([at('hardsigmoid', -3), at('hardsigmoid', 3)]).toEqual([0, 0]);
  expect([at('hardswish', -3), at('hardswish', 3)]).toEqual([0, 1]);
  expect(at('elu', 0, { alpha: 0.3 })).toBe(0.3);
  expect(at('selu', 0)).toBeCloseTo(1.0507009873554805 * 1.6732632423543772, 15);
  expect(at('celu', 0, { alpha: 0.3 })).toBe(1);
  expect(at('softplus', 20)).toBeCloseTo(1 / (1 + Math.exp(-20)), 15);
  expect(at('softplus', 20 + 2 ** -40)).toBe(1);
});

it('takes parameters of extreme sizes', () => {
  const extreme: [string, Record<string, number>, number][] = [
    ['leakyRelu', { negativeSlope: 1e300 }, -1e-300],
    ['elu', { alpha: 1e300 }, -1e-300],
    ['celu', { alpha: 1e-300 }, -1e-300],
    ['silu', { beta: 1e300 }, 1e-300],
    ['silu', { beta: 1e-300 }, 1e300],
    ['softplus', { beta: 1e-300 }, 1e300],
    ['softplus', { beta: 1e300 }, 1e-300],
    ['squareplus', { b: 1e-300 }, 1e-200],
    ['lalu', { location: 1e300, scale: 1e300 }, 1e300],
    ['calu', { location: 1e300, scale: 1e300 }, 1e300],
    ['calu', { location: 1e-300, scale: 1e-300 }, 1e-300],
  ];
  const expected = [-1, -1, 1e-300 * Math.expm1(-1), 1e-300 / (1 + Math.exp(-1)), 1e300 / (1 + Math.exp(-1))];
  expected.push(1e300 * Math.log1p(Math.E), 1e-300 * Math.log1p(Math.E), 1e-150 / 2, 1e300 / 2, 1e300 / 2, 1e-300 / 2);
  extreme.forEach(([name, parameters, x], i) => {
    const { evaluate } = activation(name, parameters);
    expect(Math.abs(evaluate(0, x) / expected[i] - 1), name).toBeLessThan(1e-15);
    for (const order of ORDERS) expect(evaluate(order, x), `${name}, order ${order}`).not.toBeNaN();
  });
});

it('gives the derivatives with respect to trained parameters', () => {
  let count = 0;
  for (const definition of activations)
    for (const { parameter, gradient } of definition.trained ?? []) {
      const { parameters } = bind(definition);
      for (const x of [-3.1, -0.4, 0.2, 2.5]) {
        const f = (v: number): number => bind(definition, { ...parameters, [parameter]: v }).evaluate(0, x);
        const exact = gradient(parameters, x);
        expect(difference(f)(parameters[parameter] as number)).toBeCloseTo(exact, 10);
        count++;
      }
    }
  expect(count).toBeGreaterThan(0);
});
