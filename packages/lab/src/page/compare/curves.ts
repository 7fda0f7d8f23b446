import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { ulp } from 'gelu/numerics';
import type { NamedActivation } from '../../console/activation-spec.js';
import { COLORS, type Curve, steps, styleOf } from '../plane/curve.js';
import { chosen, isHidden } from '../state/chosen.js';
import { difference, quiet, range } from '../state/state.js';

/** The x under the crosshair, in all planes. */
export const cross: Signal<number | null> = signal(null);

const POINTS = 481;
const grid = computed(() => steps(range.value, POINTS));

export interface Shown {
  activation: NamedActivation;
  color: string;
  dashed: boolean;
}

/** All that are chosen with their colours; those of the hidden ones stay theirs. */
export const all: ReadonlySignal<readonly Shown[]> = computed(() =>
  chosen.value.map((activation, i) => ({ activation, color: styleOf(i).color, dashed: i >= COLORS.length })),
);
const shown = computed(() => all.value.filter(({ activation }) => !isHidden(activation.spec)));

const one = new Float64Array(1);
export function valueAtX({ evaluate }: NamedActivation, order: 0 | 1 | 2, x: number): number {
  one[0] = x;
  return evaluate(order, one)[0];
}

const curvesOf = (order: 0 | 1 | 2): ReadonlySignal<readonly Curve[]> =>
  computed(() => {
    const x = grid.value;
    // The first is drawn last, above the others.
    return [...shown.value].reverse().map(({ activation, color, dashed }, i, { length }) => ({
      name: activation.label,
      color,
      dashed,
      width: i === length - 1 ? 3 : 2,
      x,
      y: activation.evaluate(order, x),
      at: (at: number) => valueAtX(activation, order, at),
    }));
  });

export const orders: readonly ReadonlySignal<readonly Curve[]>[] = [curvesOf(0), curvesOf(1), curvesOf(2)];

/** How far a value is from that of the first: itself, or in float32 ULP of the first's value. */
function distance(a: number, b: number): number {
  if (difference.value === 'absolute') return b - a;
  if (a === b) return 0;
  return Math.abs(b - a) / ulp(a, 'float32');
}

/** The differences of the others from the first. */
export const differences: ReadonlySignal<readonly Curve[]> = computed(() => {
  const [first, ...others] = shown.value;
  if (!first || others.length === 0) return [];
  const x = grid.value;
  const base = first.activation.evaluate(0, x);
  return others.reverse().map(({ activation, color, dashed }) => ({
    name: activation.label,
    color,
    dashed,
    x,
    y: activation.evaluate(0, x).map((y, i) => distance(base[i], y)),
    at: (at: number) => distance(valueAtX(first.activation, 0, at), valueAtX(activation, 0, at)),
  }));
});

/** A domain that holds all values of the curves, with some air. */
export function fitted(curves: readonly Curve[], log = false): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const { y } of curves)
    for (let i = 0; i < y.length; i++) {
      const value = y[i];
      if (!Number.isFinite(value) || (log && value <= 0)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  if (!(low <= high)) return log ? [0.1, 10] : [-1, 1];
  if (log) return [Math.max(1e-3, low / 2), Math.max(high * 2, low * 20)];
  const air = (high - low) * 0.06 || Math.max(1e-9, Math.abs(high) / 2);
  return [low - air, high + air];
}

/** Where the slope of the first is below 0.1 in size: there little is learned. */
export const quietParts: ReadonlySignal<readonly (readonly [number, number, string])[]> = computed(() => {
  const [first] = shown.value;
  if (!quiet.value || !first) return [];
  const x = grid.value;
  const slope = first.activation.evaluate(1, x);
  const parts: [number, number, string][] = [];
  let from: number | undefined;
  for (let i = 0; i < x.length; i++) {
    const small = Math.abs(slope[i]) < 0.1;
    if (small) from ??= x[i];
    if (from !== undefined && (!small || i === x.length - 1)) {
      parts.push([from, x[i], first.color]);
      from = undefined;
    }
  }
  return parts;
});
