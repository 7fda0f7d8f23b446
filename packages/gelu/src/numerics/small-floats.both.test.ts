import { describe, expect, test } from 'vitest';
import { BFLOAT16, decode, encode, FLOAT16 } from './small-floats.js';

describe.each([FLOAT16, BFLOAT16])('$precision bits of significand', (format) => {
  test('all 65,536 patterns come back', () => {
    for (let bits = 0; bits < 65536; bits++) {
      const x = decode(bits, format);
      const back = encode(x, format);
      if (Number.isNaN(x) ? !Number.isNaN(decode(back, format)) : back !== bits)
        expect.fail(`${bits} came back as ${back}`);
    }
  });

  test('midpoints go to even, and their neighbours to the nearest', () => {
    for (let bits = 0; bits < 0x7c00 - 1; bits += 7) {
      const low = decode(bits, format);
      const high = decode(bits + 1, format);
      if (!Number.isFinite(high)) break;
      const middle = (low + high) / 2;
      const even = bits % 2 === 0 ? bits : bits + 1;
      const rest = middle * 2 ** -54;
      const found = [
        encode(middle, format),
        ...[1 - 2 ** -52, 1 + 2 ** -52].map((factor) => encode(middle * factor, format)),
        ...[rest, -rest].map((error) => encode(middle, format, error)),
        encode(-middle, format, -rest),
      ];
      const expected = [even, bits, bits + 1, bits + 1, bits, 0x8000 | (bits + 1)];
      if (found.some((y, k) => y !== expected[k])) expect.fail(`${found} for ${expected}`);
    }
  });

  test('overflow and zeros', () => {
    const infinity = encode(Infinity, format);
    expect(decode(infinity, format)).toBe(Infinity);
    expect(encode(1e300, format)).toBe(infinity);
    expect(encode(-1e300, format)).toBe(infinity | 0x8000);
    expect(encode(-0, format)).toBe(0x8000);
    expect(encode(1e-300, format)).toBe(0);
    const largest = decode(infinity - 1, format);
    const step = largest - decode(infinity - 2, format);
    expect(encode(largest + step / 2, format)).toBe(infinity);
    expect(encode((largest + step / 2) * (1 - 2 ** -52), format)).toBe(infinity - 1);
  });
});

test('agrees with known values', () => {
  expect(decode(0x3c00, FLOAT16)).toBe(1);
  expect(decode(0xc000, FLOAT16)).toBe(-2);
  expect(decode(0x7bff, FLOAT16)).toBe(65504);
  expect(decode(1, FLOAT16)).toBe(2 ** -24);
  expect(decode(0x3f80, BFLOAT16)).toBe(1);
  // bfloat16 is the upper half of a float32.
  const word = new Uint32Array(1);
  const float = new Float32Array(word.buffer);
  for (let bits = 0; bits < 65536; bits += 13) {
    word[0] = bits << 16;
    if (!Object.is(decode(bits, BFLOAT16), float[0])) expect.fail(`${decode(bits, BFLOAT16)}, not ${float[0]}`);
  }
});
