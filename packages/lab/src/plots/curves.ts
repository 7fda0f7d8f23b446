import type { Bound } from 'gelu';

export type Order = 0 | 1 | 2;
export type Range = readonly [from: number, to: number];
export type Point = [x: number, y: number];

/** The names of the function and its derivatives, by order. */
export const ORDER_NAMES = ['f', "f'", 'f"'] as const;
export const ORDER_TITLES = ['Function', 'First derivative', 'Second derivative'] as const;

/** `count` numbers from one end of the range to the other. */
export function grid([from, to]: Range, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? to : from + ((to - from) * i) / (count - 1)));
}

/** The function or a derivative at evenly spaced points; where it jumps, a gap instead of a line. */
export function sampled({ definition, parameters, evaluate }: Bound, order: Order, range: Range, count = 481): Point[] {
  const points = grid(range, count).map((x): Point => [x, evaluate(order, x)]);
  const facts = definition.facts?.(parameters);
  const [from, to] = range;
  const nothing = (to - from) * 1e-9;
  for (const kink of facts !== undefined && order > facts.smoothness ? facts.kinks : []) {
    if (kink <= from || kink >= to) continue;
    const sides = [kink - nothing, kink, kink + nothing];
    const around = sides.map((x, i): Point => [x, i === 1 ? Number.NaN : evaluate(order, x)]);
    const at = points.findIndex(([x]) => x >= kink);
    points.splice(at, points[at][0] === kink ? 1 : 0, ...around);
  }
  return points;
}
