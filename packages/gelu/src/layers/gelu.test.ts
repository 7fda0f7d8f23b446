import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { GELU, gelu, geluBackward } from '../complete.js';

test('prints as PyTorch does', () => {
  expect(String(new GELU())).toBe("GELU(approximate='none')");
  expect(String(new GELU({ approximate: 'tanh' }))).toBe("GELU(approximate='tanh')");
  expect(inspect(new GELU())).toBe("GELU(approximate='none')");
  expect(String(new GELU({ mean: 0.5, std: 2 }))).toBe("GELU(approximate='none', mean=0.5, std=2)");
});

test('forward and backward are the functions', () => {
  const layer = new GELU({ approximate: 'tanh' });
  const x = Float32Array.of(-2, -1, 0.5, 3);
  const g = Float32Array.of(1, 2, 3, 4);
  expect(layer.forward(x)).toEqual(gelu(x, { approximate: 'tanh' }));
  expect(layer.backward(g)).toEqual(geluBackward(g, x, { approximate: 'tanh' }));
  expect(new GELU().forward([[1], [2, 3]])).toEqual(gelu([[1], [2, 3]]));
  const scalar = new GELU();
  expect(scalar.forward(-1)).toBe(gelu(-1));
  expect(scalar.backward(2)).toBe(geluBackward(2, -1));
});

test('in place, the input is kept for backward', () => {
  const layer = new GELU();
  const x = Float32Array.of(-2, -1, 0.5, 3);
  const g = Float32Array.of(1, 1, 1, 1);
  const expected = geluBackward(g, x);
  expect(layer.forward(x, { out: x })).toBe(x);
  expect(layer.backward(g, { out: g })).toBe(g);
  expect(g).toEqual(expected);
});

test('a refused forward leaves the kept input alone', () => {
  const layer = new GELU();
  layer.forward(1);
  expect(() => layer.forward('x' as unknown as number)).toThrow();
  expect(layer.backward(1)).toBe(geluBackward(1, 1));
});

test('to JSON and back', () => {
  for (const layer of [new GELU(), new GELU({ approximate: 'sigmoid' }), new GELU({ mean: -1, std: 0.25 })]) {
    const again = GELU.fromJSON(JSON.stringify(layer));
    expect(again).toBeInstanceOf(GELU);
    expect(String(again)).toBe(String(layer));
    expect(again.forward(0.3)).toBe(layer.forward(0.3));
    expect(GELU.fromJSON(layer.toJSON()).toJSON()).toEqual(layer.toJSON());
  }
});
