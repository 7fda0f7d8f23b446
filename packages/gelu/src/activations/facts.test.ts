import { describe, expect, it } from 'vitest';
import { FAMILY } from '../../test/support/reference.js';
import { ulpError } from '../numerics/ulp.js';
import { activation } from './index.js';

// No fact is only asserted: each is measured on the function, for the parameters of the reference.
const NEAR = 2 ** -46; // a step across a kink

describe.each(FAMILY)('$name $parameters', ({ name, parameters }) => {
  const bound = activation(name, parameters);
  const f = (x: number): number => bound.evaluate(0, x);
  const slope = (x: number): number => bound.evaluate(1, x);
  const facts = bound.definition.facts!(bound.parameters);
  const landmarks = [...facts.kinks, ...facts.stationary, ...facts.zeros.flat().filter(Number.isFinite)];
  const xs = [...landmarks, ...landmarks.flatMap((x) => [x - NEAR, x + NEAR])];
  for (let x = -12; x <= 12; x += 1 / 64) xs.push(x);
  for (let x = 12; x < 200; x *= 1.05) xs.push(x, -x);
  xs.sort((a, b) => a - b);
  const inner = xs.filter((x) => Math.abs(x) <= 10); // where nothing has rounded to its limit yet

  it('range and minimum', () => {
    const { low, high, attains } = facts.range;
    for (const x of xs) expect(f(x) >= low && f(x) <= high, `at ${x}`).toBe(true);
    if (!attains[0]) expect(inner.every((x) => f(x) > low)).toBe(true);
    if (!attains[1]) expect(inner.every((x) => f(x) < high || Math.abs(slope(x)) < 1e-14)).toBe(true);
    else expect(xs.some((x) => f(x) === high)).toBe(true);
    expect(facts.minimum !== null).toBe(attains[0]);
    if (facts.minimum) {
      expect(ulpError(f(facts.minimum.x), facts.minimum.value, 0)).toBeLessThanOrEqual(1);
      expect(facts.minimum.value).toBe(low);
    } else if (facts.smoothness >= 0) expect(Math.min(facts.below.value, facts.above.value)).toBe(low);
    if (!attains[1]) expect(Math.max(facts.below.value, facts.above.value)).toBe(high);
  });

  it('zeros', () => {
    const within = (x: number): boolean => facts.zeros.some(([from, to]) => x >= from && x <= to);
    for (const x of xs)
      if (within(x)) expect(Math.abs(f(x)), `at ${x}`).toBeLessThanOrEqual(Math.abs(slope(x) * x) * 2 ** -52);
    for (const x of inner) if (!within(x)) expect(f(x), `at ${x}`).not.toBe(0);
  });

  it('stationary points', () => {
    const signs = xs.map((x) => ({ x, sign: Math.sign(slope(x)) })).filter(({ sign }) => sign !== 0);
    const crossings = signs.slice(1).filter(({ sign }, i) => sign !== signs[i].sign);
    expect(crossings.length).toBe(facts.stationary.length);
    for (const x of facts.stationary) expect(slope(x - 1e-6) * slope(x + 1e-6)).toBeLessThan(0);
  });

  it('monotone', () => {
    const steps = xs.slice(1).map((x, i) => f(x) - f(xs[i]));
    const falls = steps.some((step) => step < 0);
    expect(falls).toBe(facts.monotone === 'not monotone');
    // One point without a slope, as tanhshrink has it, is no flat piece.
    const flat = inner.slice(1).some((x, i) => x !== inner[i] && slope(x) === 0 && slope(inner[i]) === 0);
    if (!falls) expect(flat).toBe(facts.monotone === 'non-decreasing');
  });

  it('smoothness', () => {
    const jump = (order: 0 | 1 | 2): number =>
      Math.max(
        0,
        ...facts.kinks.map((k) => Math.abs(bound.evaluate(order, k + NEAR) - bound.evaluate(order, k - NEAR))),
      );
    for (const order of [0, 1, 2] as const)
      if (order <= facts.smoothness) expect(jump(order), `order ${order}`).toBeLessThan(1e-10);
      else if (order === facts.smoothness + 1) expect(jump(order), `order ${order}`).toBeGreaterThan(1e-10);
    expect(facts.smoothness === Infinity).toBe(facts.kinks.length === 0);
  });

  it('convexity', () => {
    const violated = xs.some((x) =>
      [2 ** -20, 1 / 8, 1].some((h) => f(x) - (f(x - h) + f(x + h)) / 2 > 1e-12 * Math.max(1, Math.abs(x))),
    );
    expect(violated).toBe(!facts.convex);
  });

  it('Lipschitz constant', () => {
    const steepnessOf = (some: number[]): number => Math.max(...some.map((x) => Math.abs(slope(x))));
    const coarse = steepnessOf(xs);
    const place = xs.find((x) => Math.abs(slope(x)) === coarse)!;
    const fine = Array.from({ length: 201 }, (_, i) => place + ((i - 100) / 6400) * Math.max(1, Math.abs(place)));
    const steepest = steepnessOf([...xs, ...fine, -1e308, 1e308]);
    if (facts.lipschitz < Infinity) {
      expect(steepest).toBeLessThanOrEqual(facts.lipschitz * (1 + 2 ** -50));
      expect(steepest).toBeGreaterThan(facts.lipschitz * (1 - 1e-5));
    } else {
      const across = facts.kinks.map((k) => Math.abs(f(k + NEAR) - f(k - NEAR)) / (2 * NEAR));
      expect(Math.max(steepest, ...across)).toBeGreaterThan(1e4);
    }
  });

  it('ends', () => {
    for (const [end, sign] of [
      [facts.below, -1],
      [facts.above, 1],
    ] as const) {
      expect(f(sign * Infinity) === end.value).toBe(true);
      expect(slope(sign * Infinity) === end.slope).toBe(true);
      if (Number.isFinite(end.slope)) expect(Math.abs(slope(sign * 1e150) - end.slope)).toBeLessThan(1e-9);
      if (Number.isFinite(end.value)) expect(Math.abs(f(sign * 1e250) - end.value)).toBeLessThan(1e-9);
      else expect(Math.abs(f(sign * 1e300))).toBeGreaterThan(1e290);
    }
  });
});
