import { expect, test } from 'vitest';
import * as library from '../src/complete.js';
import { ulpError } from '../src/numerics/ulp.js';

// Random parameters of every size that is accepted, on float32 arrays, against the definition; SEED and ROUNDS for more.
const rounds = Number(process.env.ROUNDS ?? 200);
let state = Number(process.env.SEED ?? 1);

function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}
const positive = (): number => Math.min(Math.max(2 ** (random() * 2097 - 1074), Number.MIN_VALUE), 1.7e308);
const real = (): number => positive() * (random() < 0.5 ? -1 : 1);
const placed = (location: string, scale: string) => (): Record<string, number> => {
  const s = positive();
  const l = [0, s * 100 * (random() - 0.5), s][Math.floor(random() * 3)];
  return { [location]: Number.isFinite(l) ? l : 0, [scale]: s };
};

const draws: { readonly [name: string]: () => Record<string, number> } = {
  elu: () => ({ alpha: real() }),
  celu: () => ({ alpha: real() }),
  silu: () => ({ beta: real() }),
  softplus: () => ({ beta: real(), threshold: [20, 0, -3, Infinity][Math.floor(random() * 4)] }),
  squareplus: () => ({ b: positive() }),
  lalu: placed('location', 'scale'),
  calu: placed('location', 'scale'),
  laplace: placed('mu', 'sigma'),
  gelu: placed('mean', 'std'),
  leakyRelu: () => ({ negativeSlope: real() }),
  threshold: () => ({ threshold: real(), value: real() }),
  hardshrink: () => ({ lambd: real() }),
  softshrink: () => ({ lambd: positive() }),
  clippedGelu: () => ({ minVal: -positive(), maxVal: positive() }),
};

test('float32 within 1 ULP, no NaN for finite numbers, no hang', () => {
  for (let round = 0; round < rounds; round++)
    for (const [name, draw] of Object.entries(draws)) {
      const parameters = draw();
      const f = library.activationFunction(name);
      const first = Object.values(parameters)[0];
      const x = Float32Array.of(0, -0, 1, -1, -34, 3.4e38, -3.4e38, 2 ** -149, Infinity, -Infinity, first, 1 / first);
      for (const [order, g] of [f, f.derivative].entries()) {
        const y = g(x, parameters as never);
        for (const [i, v] of x.entries()) {
          const exact = g(v, parameters as never);
          const same = Object.is(y[i], Math.fround(exact));
          const right = same || ulpError(y[i], exact, 0, 'float32') <= 1;
          if (!right || (Number.isFinite(v) && Number.isNaN(exact)))
            expect.fail(`${name} ${JSON.stringify(parameters)}, order ${order}, at ${v}: ${y[i]}, exact ${exact}`);
        }
      }
    }
});

// The curve is narrower than two neighbouring float32 numbers are apart.
test.each([
  ['lalu', 'location', 'scale'],
  ['calu', 'location', 'scale'],
])('%s about a centre far away', (name, centre, width) => {
  const f = library.activationFunction(name);
  const x = Float32Array.of(999.9999, 999.99994, 1000, 1000.00006);
  for (const size of [1, 1e-3, 1e-4, 1e-5, 1e-6, 5e-7, 1e-9, 1e-27])
    for (const [order, g] of [f, f.derivative].entries())
      g(x, { [centre]: 1000, [width]: size } as never).forEach((y, i) => {
        const exact = g(x[i], { [centre]: 1000, [width]: size } as never);
        const right = Object.is(y, Math.fround(exact)) || ulpError(y, exact, 0, 'float32') <= 1;
        if (!right) expect.fail(`${width} ${size}, order ${order}, at ${x[i]}: ${y}, exact ${exact}`);
      });
});
