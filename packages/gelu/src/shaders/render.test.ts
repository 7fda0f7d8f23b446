import { expect, test } from 'vitest';
import { activation, activations, bind, defineActivation } from '../activations/index.js';
import { renderFunction } from './render.js';

const ALL = [
  ...activations.map((definition) => bind(definition)),
  ...['tanh', 'sigmoid'].map((approximate) => activation('gelu', { approximate })),
  activation('gelu', { mean: 0.5, std: 2 }),
];

test('every activation and derivative is a function of x alone, with only the helpers that it calls', () => {
  for (const bound of ALL)
    for (const order of [0, 1, 2] as const) {
      const text = renderFunction(bound, order, { name: 'f' }) ?? '';
      expect(text).toContain('fn f(x: f32) -> f32');
      expect(text).not.toMatch(/\b(exp|log|tanh|atan|var|NaN|Infinity|undefined)\b/);
      const defined = [...text.matchAll(/fn (\w+)\(/g)].map(([, name]) => name);
      expect(new Set(defined).size).toBe(defined.length);
      const called = [...text.matchAll(/(?<!fn )\b([a-z]\w*)\(/g)].map(([, name]) => name);
      const builtIn = /^(abs|min|max|clamp|floor|sqrt|select|f32|u32|vec[24]f)$/;
      expect(called.filter((name) => !builtIn.test(name) && !defined.includes(name))).toEqual([]);
      for (const name of defined) if (name !== 'f') expect(text.split(`${name}(`).length).toBeGreaterThan(2);
    }
  expect(renderFunction(activation('relu'), 0)).not.toContain('mills');
});

test('in GLSL nothing of WGSL is left', () => {
  for (const bound of ALL) {
    const text = renderFunction(bound, 0, { language: 'glsl', name: 'f' }) ?? '';
    expect(text).toContain('f32 f(f32 x) {');
    expect(text).not.toMatch(/\blet\b|\bfn\b|bitcast|->|: f32/);
    // Words that GLSL ES 3.00 keeps for itself.
    expect(text).not.toMatch(
      /\b(half|fixed|input|output|common|partition|active|filter|long|short|double|sample|smooth|flat|superp|resource|goto)\b/,
    );
  }
});

test('numbers that depend on parameters are written as asked', () => {
  const numbers: number[] = [];
  const constant = (value: number): string => `c[${numbers.push(value) - 1}]`;
  const one = renderFunction(activation('leakyRelu', { negativeSlope: 0.25 }), 0, { constant });
  expect(numbers).toContain(0.25);
  numbers.length = 0;
  expect(renderFunction(activation('leakyRelu', { negativeSlope: 0.5 }), 0, { constant })).toBe(one);
});

test("a user's function is made of polynomials that are fitted to it", () => {
  const value = (x: number): number => x / (1 + Math.exp(-x));
  const own = bind(defineActivation({ name: 'own', value, domain: [-110, 40] }));
  for (const order of [0, 1] as const) expect(renderFunction(own, order)).toMatch(/if \(x <= .*\) \{ let d/);
});
