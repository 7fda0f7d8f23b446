import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { APPROXIMATE } from '../activations/gelu/approximate.js';
import { activation, GELU, geglu, gelu, geluBackward, geluDerivative, geluSecondDerivative } from '../index.js';
import { ulp } from '../numerics/ulp.js';

const anyFinite = fc.double({ noNaN: true, noDefaultInfinity: true });
const near = (range: number) => fc.double({ min: -range, max: range, noNaN: true });

describe.each(APPROXIMATE)("approximate '%s'", (approximate) => {
  const options = { approximate };

  test('special values', () => {
    expect(gelu(0, options)).toBe(0);
    expect(gelu(-0, options)).toBe(-0);
    expect(gelu(-Infinity, options)).toBe(-0);
    expect(gelu(Infinity, options)).toBe(Infinity);
    expect(gelu(Number.NaN, options)).toBeNaN();
    expect(geluDerivative(0, options)).toBe(0.5);
    expect(geluDerivative(-Infinity, options)).toBe(0);
    expect(geluDerivative(Infinity, options)).toBe(1);
    expect(geluDerivative(Number.NaN, options)).toBeNaN();
    expect(geluSecondDerivative(-Infinity, options)).toBe(0);
    expect(geluSecondDerivative(Infinity, options)).toBe(0);
    expect(geluSecondDerivative(Number.NaN, options)).toBeNaN();
    expect(gelu(Number.MAX_VALUE, options)).toBe(Number.MAX_VALUE);
    expect(gelu(-Number.MAX_VALUE, options)).toBe(-0);
    expect(gelu(Number.MIN_VALUE * 2, options)).toBe(Number.MIN_VALUE);
  });

  test('no finite input gives NaN, and the sign is that of the input', () => {
    fc.assert(
      fc.property(anyFinite, (x) => {
        expect(gelu(x, options)).not.toBeNaN();
        expect(geluDerivative(x, options)).not.toBeNaN();
        expect(geluSecondDerivative(x, options)).not.toBeNaN();
        expect(Object.is(Math.sign(gelu(x, options)), -0) || Math.sign(gelu(x, options)) * Math.sign(x) >= 0).toBe(
          true,
        );
      }),
      { numRuns: 2000 },
    );
  });

  test('gelu(-x) - gelu(x) = -x', () => {
    fc.assert(
      fc.property(near(50), (x) => {
        const error = gelu(-x, options) - gelu(x, options) + x;
        expect(Math.abs(error)).toBeLessThanOrEqual(2 * ulp(x));
      }),
      { numRuns: 2000 },
    );
  });

  test('gelu\'(-x) + gelu\'(x) = 1 and gelu"(-x) = gelu"(x)', () => {
    fc.assert(
      fc.property(near(30), (x) => {
        expect(Math.abs(geluDerivative(-x, options) + geluDerivative(x, options) - 1)).toBeLessThan(2 ** -51);
        const second = geluSecondDerivative(x, options);
        expect(Math.abs(geluSecondDerivative(-x, options) - second)).toBeLessThanOrEqual(2 * ulp(second));
      }),
      { numRuns: 2000 },
    );
  });

  test('derivatives agree with differences', () => {
    const h = 2 ** -12;
    const difference = (f: typeof geluDerivative, x: number) =>
      (8 * (f(x + h, options) - f(x - h, options)) - (f(x + 2 * h, options) - f(x - 2 * h, options))) / (12 * h);
    for (let x = -8; x <= 8; x += 1 / 64) {
      expect(Math.abs(difference(gelu, x) - geluDerivative(x, options))).toBeLessThan(1e-11);
      expect(Math.abs(difference(geluDerivative, x) - geluSecondDerivative(x, options))).toBeLessThan(1e-11);
    }
  });

  test('falls down to its minimum, rises from it', () => {
    // The minimum's place by bisection on the derivative, its value and its being a minimum from the function.
    let left = -2;
    let right = 0;
    for (let i = 0; i < 80; i++) {
      const middle = (left + right) / 2;
      if (geluDerivative(middle, options) < 0) left = middle;
      else right = middle;
    }
    // Roots from 400-bit arithmetic.
    const root = { none: -0.7517915246935645, tanh: -0.7524614220710163, sigmoid: -0.751154255441289 }[approximate];
    expect(Math.abs(left - root)).toBeLessThan(4e-16);
    const xs = Array.from({ length: 4001 }, (_, i) => -20 + i / 100);
    for (let i = 1; i < xs.length; i++) {
      const rise = gelu(xs[i], options) - gelu(xs[i - 1], options);
      if (xs[i] < root) expect(rise).toBeLessThan(0);
      else if (xs[i - 1] > root) expect(rise).toBeGreaterThan(0);
    }
  });

  test('every kind of input gives the same numbers', () => {
    const xs = [-1e300, -14.2, -3, -1, -1e-40, 0, 0.1, 1, 3, 1e300];
    const expected = xs.map((x) => gelu(x, options));
    expect(gelu(xs, options)).toEqual(expected);
    expect(Array.from(gelu(Float64Array.from(xs), options))).toEqual(expected);
    const xs32 = Float32Array.from(xs);
    expect(gelu(xs32, options)).toEqual(Float32Array.from(xs32, (x) => gelu(x, options)));
    const gradient = Float64Array.from(xs, (_, i) => i - 4);
    expect(Array.from(geluBackward(gradient, Float64Array.from(xs), options))).toEqual(
      xs.map((x, i) => (i - 4) * geluDerivative(x, options)),
    );
    expect(geluBackward([[2], [3]], [[1], [-1]], options)).toEqual([
      [2 * geluDerivative(1, options)],
      [3 * geluDerivative(-1, options)],
    ]);
  });
});

test("PyTorch's example", () => {
  const output = gelu([[-3, -1, 0, 1, 3]]);
  expect(output[0].map((y) => y.toFixed(4))).toEqual(['-0.0040', '-0.1587', '0.0000', '0.8413', '2.9960']);
});

test("the exact form's minimum", () => {
  expect(gelu(-0.7517915246935645)).toBeCloseTo(-0.16997120747990369, 16);
});

describe('the general form', () => {
  test('tends to ReLU as std tends to 0', () => {
    for (const std of [1e-3, 1e-100, 1e-300, 5e-324])
      for (const x of [-5, -1, -0.1, 0.1, 1, 5]) expect(gelu(x, { std })).toBe(x > 0 ? x : -0);
  });

  test('is x times the probability of being below x', () => {
    expect(gelu(2, { mean: 2, std: 3 })).toBe(1);
    expect(gelu(5, { mean: 2, std: 3 })).toBeCloseTo(5 * 0.8413447460685429, 14);
    // Scaling everything scales the function.
    expect(gelu(2 ** 40 * 1.3, { mean: 2 ** 40 * 0.7, std: 2 ** 40 })).toBe(2 ** 40 * gelu(1.3, { mean: 0.7 }));
  });

  test('has no NaN', () => {
    fc.assert(
      fc.property(anyFinite, near(1e3), fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x, mean, std) => {
        expect(gelu(x, { mean, std })).not.toBeNaN();
        expect(geluDerivative(x, { mean, std })).not.toBeNaN();
      }),
      { numRuns: 2000 },
    );
  });
});

test('in place, into other memory, and empty', () => {
  const x = Float32Array.of(-1, 0, 1);
  const expected = gelu(x);
  expect(x).toEqual(Float32Array.of(-1, 0, 1));
  const out = new Float32Array(3);
  expect(gelu(x, { out })).toBe(out);
  expect(out).toEqual(expected);
  const buffer = new Float64Array(6);
  buffer.set([1, 2, 3]);
  gelu(buffer.subarray(0, 3), { out: buffer.subarray(3) });
  expect(buffer[5]).toBe(gelu(3));
  expect(gelu(x, { out: x })).toBe(x);
  expect(x).toEqual(expected);
  expect(gelu(new Float64Array(0))).toEqual(new Float64Array(0));
  expect(gelu([])).toEqual([]);
});

test.each([
  [true, 'tanh'],
  [false, 'none'],
  ['precise', 'tanh'],
  ['fast', 'sigmoid'],
] as const)('approximate %s, as other frameworks write it, is %s', (word, approximate) => {
  expect(gelu(-1, { approximate: word })).toBe(gelu(-1, { approximate }));
  expect(geluBackward([2], [-1], { approximate: word })).toEqual(geluBackward([2], [-1], { approximate }));
  expect(new GELU({ approximate: word }).approximate).toBe(approximate);
  expect(activation('gelu', { approximate: word }).parameters.approximate).toBe(approximate);
  expect(geglu([[1, -1]], { approximate: word })).toEqual(geglu([[1, -1]], { approximate }));
});
