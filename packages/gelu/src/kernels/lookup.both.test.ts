import { describe, expect, test } from 'vitest';
import { APPROXIMATE } from '../activations/gelu/approximate.js';
import { GeluRangeError, GeluTypeError, gelu, geluBackward, geluDerivative } from '../index.js';
import { decode, encode } from '../numerics/small-floats.js';
import { preciseGelu } from '../numerics.js';
import { SMALL_FLOATS } from './dtypes.js';

const all = Uint16Array.from({ length: 65536 }, (_, i) => i);

describe.each(['float16', 'bfloat16'] as const)('%s', (dtype) => {
  const format = SMALL_FLOATS[dtype];
  const infinity = encode(Infinity, format);

  test.each(APPROXIMATE)("'%s': all inputs correctly rounded, forward and derivative", (approximate) => {
    const exact = new Float64Array(3);
    for (const order of [0, 1] as const) {
      const result = (order === 0 ? gelu : geluDerivative)(all, { approximate, dtype });
      for (let bits = 0; bits < 65536; bits++) {
        const x = decode(bits, format);
        const y = decode(result[bits], format);
        if (Number.isNaN(x)) {
          if (!Number.isNaN(y)) expect.fail(`order ${order} at NaN: ${y}`);
          continue;
        }
        preciseGelu(approximate, order, x, exact);
        if (!Number.isFinite(exact[0]) || exact[0] === 0) {
          if (!Object.is(y, exact[0])) expect.fail(`order ${order} at ${x}: ${y}, not ${exact[0]}`);
          continue;
        }
        // No neighbour may be nearer. All are scaled by the exponent of the exact value, and differences of
        // neighbours from it are exact enough in float64 unless both are equally near.
        const up = 2 ** Math.min(-exact[2], 1000);
        const down = exact[2] < -1000 ? 2 ** (exact[2] + 1000) : 1;
        const distance = (neighbour: number) =>
          Math.abs(decode(neighbour, format) * up - exact[0] * down - exact[1] * down);
        const magnitude = result[bits] & 0x7fff;
        const sign = result[bits] & 0x8000;
        if (exact[0] < 0 !== sign > 0) expect.fail(`order ${order} at ${x}: the sign of ${y}`);
        const own = distance(result[bits]);
        if (magnitude > 0 && distance(result[bits] - 1) < own)
          expect.fail(`order ${order} at ${x}: ${y} is too far out`);
        if (magnitude + 1 < infinity && distance(result[bits] + 1) < own)
          expect.fail(`order ${order} at ${x}: ${y} is too far in`);
      }
    }
  });

  test('at every offset and length, in place too, the same', () => {
    const bits = all.map((_, i) => i * 40503);
    const expected = gelu(bits, { dtype });
    for (const [from, to, n] of [
      [0, 0, 9],
      [1, 1, 9],
      [1, 1, 8],
      [1, 0, 9],
      [0, 1, 10],
      [3, 5, 1],
      [2, 2, 0],
      [1, 3, 1001],
    ]) {
      const x = bits
        .slice(0, from + n)
        .copyWithin(from, 0, n)
        .subarray(from);
      const out = new Uint16Array(to + n + 1).subarray(to, to + n);
      expect(gelu(x, { dtype, out })).toEqual(expected.subarray(0, n));
      expect(new Uint16Array(out.buffer)[to + n]).toBe(0);
      gelu(x, { dtype, out: x });
      expect(x).toEqual(out);
    }
  });

  test('just above a tie at tiny inputs: upwards', () => {
    // gelu(x) = x/2 + c·x², c > 0, at the smallest subnormals: ±1 unit gives ½ and a little more, -½ and a little more.
    const smallest = Uint16Array.of(1, 0x8001, 3, 0x8003);
    expect(gelu(smallest, { dtype })).toEqual(Uint16Array.of(1, 0x8000, 2, 0x8001));
  });

  test('backward is the product with the exact derivative, rounded', () => {
    const x = all.filter((bits) => Number.isFinite(decode(bits, format)) && bits % 5 === 0);
    const g = x.map((_, i) => encode(Math.sin(i) * 3, format));
    const result = geluBackward(g, x, { dtype });
    const expected = x.map((bits, i) => encode(decode(g[i], format) * geluDerivative(decode(bits, format)), format));
    expect(result).toEqual(expected);
  });
});

test('a Uint16Array needs its dtype', () => {
  expect(() => gelu(all)).toThrow(GeluTypeError);
  expect(() => gelu(all)).toThrow("'dtype' must be 'float16' or 'bfloat16' for a Uint16Array");
  expect(() => gelu(all, { dtype: 'float32' })).toThrow("'dtype'");
  expect(() => gelu(new Float32Array(1), { dtype: 'float16' })).toThrow("'dtype' must be 'float32'");
});

describe('quantized', () => {
  test('all 256 inputs, both types', () => {
    const quantization = { scale: 0.05, zeroPoint: 3, outputScale: 0.03, outputZeroPoint: -100 };
    const x = Int8Array.from({ length: 256 }, (_, i) => i - 128);
    const y = gelu(x, { quantization });
    x.forEach((q, i) => {
      const real = gelu(0.05 * (q - 3)) / 0.03 - 100;
      expect(Math.abs(y[i] - Math.min(real, 127))).toBeLessThanOrEqual(0.5);
    });
    const u = Uint8Array.from({ length: 256 }, (_, i) => i);
    const z = gelu(u, { quantization: { scale: 1 / 16, zeroPoint: 128 }, approximate: 'tanh' });
    u.forEach((q, i) => {
      expect(Math.abs(z[i] - 128 - gelu((q - 128) / 16, { approximate: 'tanh' }) * 16)).toBeLessThanOrEqual(0.5);
    });
  });

  test('ties go to even, the ends clamp', () => {
    // Far above 0 gelu is the identity, so that halves come out exactly.
    const x = Int8Array.of(101, 103, 127);
    expect(gelu(x, { quantization: { scale: 1, zeroPoint: 0, outputScale: 2 } })).toEqual(Int8Array.of(50, 52, 64));
    expect(gelu(x, { quantization: { scale: 1, zeroPoint: 0, outputScale: 0.5 } })).toEqual(
      Int8Array.of(127, 127, 127),
    );
  });

  test('bad quantization', () => {
    const x = new Int8Array(2);
    // biome-ignore lint/suspicious/noExplicitAny: what TypeScript would refuse is passed on purpose
    const call = (quantization: any) => () => gelu(x, { quantization });
    expect(call(undefined)).toThrow(GeluTypeError);
    expect(call({ scale: 0, zeroPoint: 0 })).toThrow(GeluRangeError);
    expect(call({ scale: 1, zeroPoint: 128 })).toThrow('an integer from -128 to 127');
    expect(call({ scale: 1, zeroPoint: 0.5 })).toThrow(GeluRangeError);
    expect(call({ scale: '1', zeroPoint: 0 })).toThrow(GeluTypeError);
    expect(call({ scale: 1, zeroPoint: 0, zero: 1 })).toThrow('quantization.zero');
    expect(() => gelu(new Float32Array(1), { quantization: { scale: 1, zeroPoint: 0 } })).toThrow("'quantization'");
    expect(() => geluBackward(x, x, { quantization: { scale: 1, zeroPoint: 0 } })).toThrow('no gradient');
  });
});
