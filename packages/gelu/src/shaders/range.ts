import { BUILT_IN } from '../activations/index.js';
import type { Bound } from '../activations/model/activation.js';
import type { PiecewiseShape } from '../activations/model/shape.js';

/** A parameter with which a shader would not keep its bounds: its name, its value, and what it may be. */
export interface Extreme {
  readonly name: string;
  readonly value: number;
  readonly expected: string;
}

const LEAST = 2 ** -126;
const LARGEST = 3.4028234663852886e38;

/** What the size of a parameter may be, if it is not 0. */
export const SIZES: {
  readonly [activation: string]: { readonly [parameter: string]: readonly [least: number, most: number] };
} = {
  gelu: { std: [1e-9, 1e9] },
  silu: { beta: [1e-9, 1e9] },
  softplus: { beta: [1e-9, 1e9] },
  squareplus: { b: [1e-18, 1e18] },
  elu: { alpha: [1e-30, 1e30] },
  celu: { alpha: [1e-9, 1e9] },
  lalu: { scale: [1e-9, 1e9] },
  calu: { scale: [1e-9, 1e9] },
  laplace: { sigma: [1e-9, 1e9] },
  xielu: { alphaP: [1e-6, 1e6], alphaN: [1e-6, 1e6], beta: [1e-6, 1e6] },
};
/** Parameters whose size may be so many times that of another one. */
export const TIMES: { readonly [activation: string]: readonly [parameter: string, most: number, unit: string] } = {
  gelu: ['mean', 256, 'std'],
  lalu: ['location', 256, 'scale'],
  calu: ['location', 256, 'scale'],
  laplace: ['mu', 256, 'sigma'],
};

/**
 * The first parameter that is too extreme for a shader: float32, whose subnormal numbers GPUs take for 0, and formulas that
 * take numbers apart into so many bits. Undefined if there is none, as with all defaults.
 */
export function tooExtreme({ definition, parameters, shape }: Bound): Extreme | undefined {
  const p = parameters as { readonly [name: string]: number };
  if (BUILT_IN.has(definition)) {
    for (const [name, [least, most]] of Object.entries(SIZES[definition.name] ?? {}))
      if (p[name] !== 0 && !(Math.abs(p[name]) >= least && Math.abs(p[name]) <= most))
        return { name, value: p[name], expected: `from ${least} to ${most} in size on a GPU` };
    const [name, most, unit] = TIMES[definition.name] ?? [];
    if (name !== undefined && most !== undefined && unit !== undefined && Math.abs(p[name]) > most * p[unit])
      return { name, value: p[name], expected: `at most ${most} times '${unit}' in size on a GPU` };
  }
  if (shape.kind !== 'piecewise' || numbersOf(shape).every(isFloat32)) return undefined;
  const [name = 'parameters', value = Number.NaN] = Object.entries(p).find(([, v]) => !isFloat32(v)) ?? [];
  return { name, value, expected: `0 or from ${LEAST} to ${LARGEST} in size on a GPU` };
}

const isFloat32 = (v: number): boolean =>
  v === 0 || !Number.isFinite(v) || (Math.abs(v) >= LEAST && Math.abs(v) <= LARGEST);

/** What a shader of pieces computes with. */
const numbersOf = ({ pieces, breaks }: PiecewiseShape): number[] => [
  ...pieces.flatMap(({ coefficients, divisor = 1 }) => coefficients.map((c) => c / divisor)),
  ...breaks.map(({ x }) => x),
];
