import type { Implementation } from './types.js';

/** erf by formula 7.1.26 of Abramowitz and Stegun (1964), absolute error 1.5e-7: what small packages use. */
export function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const p = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const y = 1 - p * Math.exp(-x * x);
  return x < 0 ? -y : y;
}

const ROOT_HALF = Math.SQRT1_2;
const ROOT_2_OVER_PI = Math.sqrt(2 / Math.PI);

/** The textbook formulas as loops in float64, on Float32Arrays. */
export async function load(): Promise<Implementation[]> {
  return [
    loop('none', (x) => 0.5 * x * (1 + erf(x * ROOT_HALF))),
    loop('tanh', (x) => 0.5 * x * (1 + Math.tanh(ROOT_2_OVER_PI * (x + 0.044715 * x ** 3)))),
    loop('sigmoid', (x) => x / (1 + Math.exp(-1.702 * x))),
  ];
}

function loop(approximate: Implementation['approximate'], f: (x: number) => number): Implementation {
  const fill = (input: Float32Array, out: Float32Array): Float32Array => {
    for (let i = 0; i < input.length; i++) out[i] = f(input[i]);
    return out;
  };
  return {
    implementation: 'plain JavaScript',
    version: '-',
    form: approximate === 'none' ? 'none (A&S erf)' : approximate,
    approximate,
    value: async (input) => fill(input, new Float32Array(input.length)),
    prepare: async (input) => {
      const out = new Float32Array(input.length);
      return { run: () => void fill(input, out), dispose: () => {} };
    },
  };
}
