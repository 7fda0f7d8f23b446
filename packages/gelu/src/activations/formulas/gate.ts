import { onFirstUse } from '../../shared/cache.js';
import type { Evaluate, Facts } from '../model/activation.js';
import { IDENTITY, type SmoothShape, ZERO } from '../model/shape.js';
import { rootBetween } from './bisect.js';

/** The lowest point of x·gate(x) and its steepest slope. */
export interface Landmarks {
  readonly x: number;
  readonly value: number;
  readonly lipschitz: number;
}

/** The facts of a C∞ function x·gate(x), the gate rising from 0 to 1, with one minimum below 0. */
export function gateFacts({ x, value, lipschitz }: Landmarks): Facts {
  return {
    range: { low: value, high: Infinity, attains: [true, false] },
    zeros: [[0, 0]],
    stationary: [x],
    minimum: { x, value },
    monotone: 'not monotone',
    smoothness: Infinity,
    kinks: [],
    convex: false,
    lipschitz,
    below: { value: 0, slope: 0 },
    above: { value: Infinity, slope: 1 },
  };
}

/** Its shape: 0 below, x above, and its zeros. */
export function gateShape({ x }: Pick<Landmarks, 'x'>): SmoothShape {
  return { kind: 'smooth', below: ZERO, above: IDENTITY, breaks: [], zeros: [[0], [x]] };
}

/** What x·gate(x) tends to: for evaluators by `jets`, as in docs/adding-an-activation.md. */
export const gateLimits = (sign: -1 | 1): { readonly value: number; readonly slope: number } =>
  sign < 0 ? { value: -0, slope: 0 } : { value: Infinity, slope: 1 };

const STEP = 1 / 8;
const REACH = 64;

/** The points in [−64, 64] at which f changes its sign. */
function crossings(f: (x: number) => number): number[] {
  const found: number[] = [];
  for (let x = -REACH; x < REACH; x += STEP) if (f(x) * f(x + STEP) < 0) found.push(rootBetween(f, x, x + STEP));
  return found;
}

/** Shape and facts of such a function, for one without parameters: its minimum and steepest slope are looked for. */
/* @__NO_SIDE_EFFECTS__ */
export function gate(evaluator: (parameters: Record<string, never>) => Evaluate): {
  shape(): SmoothShape;
  facts(): Facts;
} {
  const landmarks = onFirstUse((): Landmarks => {
    const evaluate = evaluator({});
    const [x, ...others] = crossings((v) => evaluate(1, v));
    if (x === undefined || others.length > 0) throw new Error('x·gate(x) has one minimum');
    const steep = crossings((v) => evaluate(2, v)).map((v) => Math.abs(evaluate(1, v)));
    return { x, value: evaluate(0, x), lipschitz: Math.max(1, ...steep) };
  });
  return { shape: () => gateShape(landmarks()), facts: () => gateFacts(landmarks()) };
}
