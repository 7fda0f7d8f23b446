import type { Approximate } from '../../activations/gelu/approximate.js';
import { NEAR, POINTS, phi, type Samples, sampled, sigmoid, softplus } from './samples.js';

/** The activations that are looked for, by their names in the registry. */
export type FoundActivation = 'gelu' | 'silu' | 'hardswish' | 'mish';

/** What a function was recognised as. */
export interface Recognised {
  activation: FoundActivation;
  /** Of GELU; SiLU is x·σ(αx) as its sigmoid form is, so it has that. */
  variant: Approximate | undefined;
  /** Of x·σ(αx). */
  alpha: number | undefined;
  /** The largest difference from the activation as it is defined, for |x| < 6: its constants may be rounded. */
  deviation: number;
}

/** How far a function may be off: by the rounding of its constants. */
export interface Tolerance {
  /** Relative, of what is added and multiplied. */
  rounding: number;
  /** Relative, of what stands inside of erf, tanh and σ. */
  inside: number;
}

const TANH_SLOPE = 2 * Math.sqrt(2 / Math.PI);
const TANH_CUBIC = TANH_SLOPE * 0.044715;
const QUICK = 1.702;
/** Some write 1.7. */
const QUICK_TOLERANCE = 5e-3;

const EXACT = sampled((t) => t * phi(t));
const TANH = sampled((t) => t * sigmoid(TANH_SLOPE * t + TANH_CUBIC * t ** 3));
const MISH = sampled((t) => t * Math.tanh(softplus(t)));
const HARDSWISH = sampled((t) => (t * Math.min(Math.max(t + 3, 0), 6)) / 6);

/**
 * The activation that a function is. `slope` is that of the argument of erf, if erf is at its heart: then it is no other form, as
 * near as they are.
 */
export function recognise(f: Samples, slope: number | undefined, tolerance: Tolerance): Recognised | undefined {
  if (!isOpenAndShut(f, tolerance)) return undefined;
  if (slope !== undefined) {
    const k = Math.abs(slope) * Math.SQRT2;
    if (Math.abs(k - 1) > tolerance.inside) return undefined;
    return close(f, gaussian(k), tolerance) ? gelu('none', undefined, f, EXACT) : undefined;
  }
  if (close(f, HARDSWISH, tolerance)) return other('hardswish', f, HARDSWISH);
  if (close(f, MISH, tolerance)) return other('mish', f, MISH);
  const gate = gateOf(f, tolerance);
  // Some write erf out as a polynomial.
  if (gate === undefined) return close(f, EXACT, tolerance) ? gelu('none', undefined, f, EXACT) : undefined;
  const { linear, cubic } = gate;
  const within = (value: number, expected: number, by: number): boolean => Math.abs(value / expected - 1) <= by;
  if (within(linear, TANH_SLOPE, 2 * tolerance.inside) && within(cubic, TANH_CUBIC, 3 * tolerance.inside))
    return gelu('tanh', undefined, f, TANH);
  if (cubic !== 0 || linear <= 0) return undefined;
  const alpha = linear;
  const ideal = sampled((t) => t * sigmoid(alpha * t));
  if (within(alpha, QUICK, Math.max(QUICK_TOLERANCE, tolerance.inside))) return gelu('sigmoid', alpha, f, ideal);
  return { ...other('silu', f, ideal), variant: 'sigmoid', alpha };
}

/** t·Φ(kt), the last of which is kept: all that a model has are mostly of one k. */
function gaussian(k: number): Samples {
  if (last.k !== k) last = { k, samples: sampled((t) => t * phi(k * t)) };
  return last.samples;
}
let last = { k: 1, samples: EXACT };

const SOFTPLUS = sampled(softplus);

/** Whether a function may stand inside of a heart: a line, an odd cubic, their absolute values (in σ that cannot overflow), softplus. */
export function isArgument(f: Samples): boolean {
  const near = (expected: (t: number, i: number) => number): boolean => {
    for (let i = 0; i < NEAR; i++)
      if (!(Math.abs(f[i] - expected(POINTS[i], i)) <= 1e-6 * (1 + Math.abs(f[i])))) return false;
    return true;
  };
  const [i, j] = [POINTS.indexOf(0.7), POINTS.indexOf(2.1)];
  const [t, u] = [POINTS[i], POINTS[j]];
  const slope = (f[j] - f[i]) / (u - t);
  if (near((v) => f[i] + slope * (v - t))) return true;
  const cubic = (f[j] / u - f[i] / t) / (u * u - t * t);
  const linear = f[i] / t - cubic * t * t;
  const odd = (v: number): number => v * (linear + cubic * v * v);
  return near(odd) || near((v) => odd(Math.abs(v))) || near((_, k) => SOFTPLUS[k]);
}

/** Whether a function is 0 far below and x far above, as all of them are; NaN says nothing. */
function isOpenAndShut(f: Samples, { rounding }: Tolerance): boolean {
  const [low, high] = [f.length - 2, f.length - 1];
  const near = (i: number, expected: number): boolean =>
    Number.isNaN(f[i]) || Math.abs(f[i] - expected) <= rounding * Math.abs(POINTS[i]);
  return near(low, 0) && near(high, POINTS[high]);
}

/** linear·t + cubic·t³ of t·σ(linear·t + cubic·t³), if f is that. */
function gateOf(f: Samples, tolerance: Tolerance): { linear: number; cubic: number } | undefined {
  const [i, j] = [POINTS.indexOf(0.7), POINTS.indexOf(2.1)];
  const [p, q] = [i, j].map((at) => inverse(f[at] / POINTS[at]) / POINTS[at]);
  if (!Number.isFinite(p) || !Number.isFinite(q)) return undefined;
  const cubic = (q - p) / (POINTS[j] ** 2 - POINTS[i] ** 2);
  const linear = p - cubic * POINTS[i] ** 2;
  const gates = [
    { linear: p, cubic: 0 },
    { linear, cubic },
  ];
  return gates.find(({ linear: a, cubic: b }) =>
    close(
      f,
      sampled((t) => t * sigmoid(a * t + b * t ** 3)),
      tolerance,
    ),
  );
}

/** v of σ(v) = g. */
function inverse(g: number): number {
  return Math.log(g / (1 - g));
}

/** Whether two functions are the same but for the rounding of their constants. Where f is NaN far out nothing is said. */
function close(f: Samples, expected: Samples, { rounding, inside }: Tolerance): boolean {
  return f.every((value, i) => {
    if (Number.isNaN(value)) return i >= NEAR;
    return Math.abs(value - expected[i]) <= (rounding + (i < NEAR ? inside / 100 : 0)) * Math.abs(POINTS[i]);
  });
}

function gelu(variant: Approximate, alpha: number | undefined, f: Samples, ideal: Samples): Recognised {
  return { activation: 'gelu', variant, alpha, deviation: deviation(f, ideal) };
}

function other(activation: FoundActivation, f: Samples, ideal: Samples): Recognised {
  return { activation, variant: undefined, alpha: undefined, deviation: deviation(f, ideal) };
}

function deviation(f: Samples, ideal: Samples): number {
  let most = 0;
  for (let i = 0; i < NEAR; i++) most = Math.max(most, Math.abs(f[i] - ideal[i]));
  return most;
}

const NEARLY: Tolerance = { rounding: 1e-5, inside: 1e-3 };
const PHI = sampled(phi);

/** What a function is that is no activation known here but near one; undefined if nothing can be said. */
export function describeFunction(f: Samples): string | undefined {
  const factor = f[POINTS.length - 1] / POINTS[POINTS.length - 1];
  if (Number.isFinite(factor) && Math.abs(factor) > 1e-9) {
    const whole = recognise(
      f.map((value) => value / factor),
      undefined,
      NEARLY,
    );
    const times = Number(factor.toPrecision(6));
    if (whole !== undefined)
      return times === 1 ? `${formula(whole)}, but in another shape than x` : `${times} · ${formula(whole)}`;
  }
  if (
    close(
      f.map((value, i) => value * POINTS[i]),
      PHI.map((value, i) => value * POINTS[i]),
      NEARLY,
    )
  )
    return 'Φ(x), the gate of GELU without x';
  const gate = gateOf(f, NEARLY);
  if (gate === undefined) return undefined;
  const [a, b] = [gate.linear, gate.cubic].map((value) => Number(value.toPrecision(5)));
  return `x·σ(${a}·x${b === 0 ? '' : ` + ${b}·x³`}), which has other constants than GELU`;
}

function formula({ activation, variant, alpha }: Recognised): string {
  if (activation === 'gelu' && variant !== 'sigmoid') return variant === 'tanh' ? 'GELU(x), tanh form' : 'GELU(x)';
  if (activation === 'hardswish') return 'HardSwish(x)';
  return activation === 'mish' ? 'Mish(x)' : `x·σ(${Number((alpha ?? 1).toPrecision(5))}·x)`;
}
