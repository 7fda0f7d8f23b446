import { createRequire } from 'node:module';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import '../../fast.js';
import '../../float64.js';
import { APPROXIMATE } from '../../activations/gelu/approximate.js';
import { activations } from '../../activations/index.js';
import { activationFunction } from '../../functions/activation-function.js';
import { float64Backward, float64Forward } from '../float64/run.js';
import { GELU_FUNCTIONS } from '../gelu/functions.js';
import { geluKernel } from '../gelu/kernel.js';
import type { Addon } from './addon.js';
import { nativeFloat64 } from './float64.js';
import { fuses } from './fusing.js';
import { native } from './hook.js';
import { nativeRun } from './run.js';

function load(): Addon | undefined {
  try {
    return createRequire(import.meta.url)('gelu-native');
  } catch {
    return undefined; // no compiler: scripts/build.mjs of that package has said so
  }
}

const addon = load();
const names = addon?.names ?? [];

/** Every 80,021st float32, all exponents and signs among them, and the special ones; from a place that is no multiple of 16. */
function inputs(): Float32Array {
  const bits: number[] = [0, 0x80000000, 0x7f800000, 0xff800000, 0x7fc00000, 1, 0x80000001, 0x7f7fffff, 0xff7fffff];
  for (let b = 0; b < 2 ** 32; b += 80021) bits.push(b);
  for (let i = 0; i < 60_000; i++)
    bits.push(new Uint32Array(Float32Array.of(((i * 7919) % 32000) / 1000 - 16).buffer)[0]);
  const room = new Uint32Array(bits.length + 3);
  room.set(bits, 3);
  return new Float32Array(room.buffer, 12);
}

/** All exponents and signs, the range that matters, the roots of the derivatives and the ends of every branch, in float64. */
function wideInputs(): Float64Array {
  const list = [0, -0, Infinity, -Infinity, Number.NaN, 5e-324, -5e-324];
  for (const end of [24, 40, 480, 2 ** -500, 2 ** -1022])
    list.push(end, -end, end * (1 + 2 ** -52), -end * (1 + 2 ** -52));
  for (let i = 0; i < 2098; i++) list.push((i % 2 ? 1.37 : -1.82) * 2 ** (i - 1074));
  for (let i = 0; i < 20_000; i++) {
    const v = ((i * 7919) % 20_011) / 20_011 - 0.5;
    list.push(
      16 * v,
      1100 * v,
      v / 6 - 0.7518,
      (v / 6) * 2 ** -(i % 50) - [0.7517915246935645, 0.7524614220710163][i & 1],
    );
  }
  return Float64Array.from(list);
}

/** Bits, all NaN alike. */
const bitsOf = (array: Float32Array): Uint32Array =>
  new Uint32Array(array.buffer, array.byteOffset, array.length).map((bits) =>
    (bits & 0x7fffffff) > 0x7f800000 ? 0x7fc00000 : bits,
  );

function expectSame(actual: Float32Array, expected: Float32Array, x: Float32Array): void {
  const [a, b] = [bitsOf(actual), bitsOf(expected)];
  const at = a.findIndex((bits, i) => bits !== b[i]);
  expect(at < 0 ? 'the same' : `at ${x[at]}: ${actual[at]}, not ${expected[at]}`).toBe('the same');
}

const use = (name: string | undefined): void => {
  if (name === undefined || addon === undefined) {
    delete native.run;
    delete native.float64;
  } else {
    expect(addon.use(name)).toBe(true);
    native.run = nativeRun(addon, fuses);
    native.float64 = nativeFloat64(addon);
  }
};

const before = { ...native };
afterEach(() => use(undefined));
afterAll(() => {
  Object.assign(native, before);
});

/** What WebAssembly gives, for all instruction sets. */
let expected: Float32Array[] | undefined;

const family = (x: Float32Array, g: Float32Array): Float32Array[] =>
  activations.flatMap(({ name }) => {
    const f = activationFunction(name);
    return [f(x), f.backward(g, x)];
  });

describe.skipIf(addon === undefined).each(names)('%s has the bits of WebAssembly', (name) => {
  const x = inputs();
  const g = x.map((_, i) => 1.7 - (i % 1001) / 300);

  test('in GELU, correct and fast, with gradients', () => {
    for (const form of ['none', 'tanh', 'sigmoid'] as const)
      for (const order of [0, 1] as const)
        for (const precision of ['correct', 'fast'] as const) {
          const kernel = geluKernel(GELU_FUNCTIONS[form][order]);
          const results = [undefined, name].map((which) => {
            use(which);
            const out = new Float32Array(x.length);
            if (order === 0) kernel.forward(x, out, precision);
            else kernel.backward(g, x, out, precision);
            return out;
          });
          expectSame(results[1], results[0], x);
        }
  });

  test('in the family, forward and backward', () => {
    use(undefined);
    expected ??= family(x, g);
    use(name);
    family(x, g).forEach((result, i) => {
      expectSame(result, (expected as Float32Array[])[i], x);
    });
  });

  test('in float64, forward and backward, at every length, in place, with several threads', () => {
    const wide = wideInputs();
    const gradients = wide.map((_, i) => 1.7 - (i % 1001) / 300);
    for (const form of APPROXIMATE)
      for (const pass of [0, 1, 2] as const) {
        const results = [undefined, name].map((which) => {
          use(which);
          native.threads = 2;
          const out = pass === 2 ? gradients.slice() : new Float64Array(wide.length);
          if (pass === 2) float64Backward(form, out, wide, out);
          else float64Forward(form, pass, wide, out);
          native.threads = 1;
          return out;
        });
        const at = results[0].findIndex((value, i) => !Object.is(value, results[1][i]));
        expect([form, pass, at < 0 ? undefined : wide[at]]).toEqual([form, pass, undefined]);
      }
    const expected = new Float64Array(wide.length);
    float64Forward('none', 0, wide, expected);
    for (let n = 256; n < 290; n++) {
      const part = wide.slice(2000, 2000 + n);
      float64Forward('none', 0, part, part);
      expect(part).toEqual(expected.slice(2000, 2000 + n));
    }
  });

  test('at every length and offset, in place, in shared memory', () => {
    const kernel = geluKernel(GELU_FUNCTIONS.none[0]);
    use(undefined);
    const expected = new Float32Array(x.length);
    kernel.forward(x, expected, 'correct');
    use(name);
    for (let offset = 0; offset < 20; offset++) {
      const length = 1500 + 7 * offset;
      const part = new Float32Array(new SharedArrayBuffer(4 * length + 64), 4 * (offset % 16), length);
      part.set(x.subarray(offset, offset + length));
      kernel.forward(part, part, 'correct');
      expectSame(part, expected.subarray(offset, offset + length), x.subarray(offset));
    }
  });

  test('with several threads', () => {
    const kernel = geluKernel(GELU_FUNCTIONS.none[0]);
    use(undefined);
    const expected = new Float32Array(x.length);
    kernel.forward(x, expected, 'correct');
    use(name);
    const { header, rows } = kernel.program('correct') as NonNullable<ReturnType<typeof kernel.program>>;
    for (let i = 0; i < 20; i++) {
      const out = new Float32Array(x.length);
      addon?.run(0, false, header, rows, x, out, undefined, 0, x.length, 4);
      expectSame(out, expected, x);
    }
  });
});

describe.skipIf(addon === undefined)('the compiled module refuses', () => {
  const { run } = addon ?? ({} as Addon);
  const kernel = geluKernel(GELU_FUNCTIONS.none[0]);
  const { header, rows } = kernel.program('correct') as NonNullable<ReturnType<typeof kernel.program>>;
  const x = new Float32Array(64);

  test('what would lead out of an array or a table', () => {
    expect(() => run(0, false, header, rows, x, x, undefined, 0, 65, 1)).toThrow(TypeError);
    expect(() => run(0, false, header, rows, x, x.subarray(1), undefined, 0, 64, 1)).toThrow(TypeError);
    expect(() => run(0, false, header, rows.subarray(6), x, x, undefined, 0, 64, 1)).toThrow(/table/);
    expect(() => run(0, false, header.subarray(9), rows, x, x, undefined, 0, 64, 1)).toThrow(/header/);
    expect(() => run(1, false, header, rows, x, x, undefined, 0, 64, 1)).toThrow(/gradient/);
    expect(() => run(1, false, header, rows, x, x, x.subarray(2), 0, 64, 1)).toThrow(TypeError);
    expect(() => run(5, false, header, new Float64Array(6), x, x, undefined, 0, 64, 1)).toThrow(/table/);
    expect(() => run(7, false, header, new Float64Array(35), x, x, undefined, 0, 64, 1)).toThrow(/table/);
    expect(() => run(99, false, header, rows, x, x, undefined, 0, 64, 1)).toThrow(TypeError);
    expect(() => run(0, false, header, rows, x, x, undefined, -1, 64, 1)).toThrow(TypeError);
    expect(() => run(0, false, header, rows, x, x, undefined, 0, 0.5, 1)).toThrow(TypeError);
  });

  test('in float64 likewise', () => {
    const { wide } = addon ?? ({} as Addon);
    const [powers, root, mills, y] = [256, 13, 12 * 641, 64].map((n) => new Float64Array(n));
    wide(0, true, powers, root, mills, y, y, y, 1);
    for (const [i, short] of [powers, root, mills, undefined, y, y].entries())
      if (short) {
        const given = [powers, root, mills, y, y, y].with(i, short.subarray(1)) as [Float64Array, ...Float64Array[]];
        expect(() =>
          wide(0, true, ...(given as [typeof y, typeof y, typeof y, typeof y, typeof y, typeof y]), 1),
        ).toThrow(TypeError);
      }
    expect(() => wide(3, true, powers, root, mills, y, y, y, 1)).toThrow(/form/);
    expect(() => wide(0, true, powers, root, mills, y, x as unknown as typeof y, y, 1)).toThrow(TypeError);
    expect(() => (wide as unknown as () => void)()).toThrow(TypeError);
  });

  test('arrays of another kind, or without memory', () => {
    const detached = new Float32Array(64);
    structuredClone(detached.buffer, { transfer: [detached.buffer] });
    const other = new Float64Array(64) as unknown as Float32Array;
    expect(() => run(0, false, header, rows, detached, x, undefined, 0, 64, 1)).toThrow(TypeError);
    expect(() => run(0, false, header, rows, other, x, undefined, 0, 64, 1)).toThrow(TypeError);
    expect(() => run(0, false, header, rows, x, {} as Float32Array, undefined, 0, 64, 1)).toThrow(TypeError);
    expect(() => (run as () => void)()).toThrow(TypeError);
    expect(addon?.use('mmx')).toBe(false);
  });
});
