import { computed, type ReadonlySignal } from '@preact/signals';
import { activation, gelu } from 'gelu';
import { random } from '../../numbers/random.js';
import { fixed, percent, short } from '../format.js';
import { type Curve, steps } from '../plane/curve.js';
import { std, tosses, view, x } from '../state/state.js';

/** P(X ≤ at) for X ~ N(0, std²), which is gelu(at)/at. */
export function kept(at: number, width: number): number {
  return Math.abs(at) < 1e-12 ? 0.5 : gelu(at, { std: width }) / at;
}

/** The density of N(0, width²). */
export function density(at: number, width: number): number {
  return Math.exp(-0.5 * (at / width) ** 2) / (width * Math.sqrt(2 * Math.PI));
}

export const probability: ReadonlySignal<number> = computed(() => kept(x.value, std.value));
export const output: ReadonlySignal<number> = computed(() => gelu(x.value, { std: std.value }));

/** What the figure says. */
export const sentence: ReadonlySignal<string> = computed(
  () => `x = ${short(x.value)}: kept with probability ${percent(probability.value)} → ${fixed(output.value, 3)}`,
);

type Domains = { x: [number, number]; y: [number, number] };
export const DOMAINS: Readonly<Record<'whole' | 'dip', Domains>> = {
  whole: { x: [-4, 4], y: [-0.9, 4] },
  dip: { x: [-3, 0.6], y: [-0.21, 0.06] },
};

const reach = 6;
const xs = steps([-reach, reach], 961);

/** GELU with ReLU's ghost, which it becomes when the bell gets narrow. */
export const curves: ReadonlySignal<readonly Curve[]> = computed(() => {
  const width = std.value;
  return [
    { name: 'ReLU', color: 'grey', dashed: true, width: 1.6, x: xs, y: xs.map((v) => Math.max(0, v)) },
    {
      name: 'GELU',
      color: 'blue',
      width: 3,
      x: xs,
      y: gelu(xs, { std: width }),
      at: (v: number) => gelu(v, { std: width }),
    },
    ...coins.value,
  ];
});

/** The bell, and what of it lies below x. */
export const bell: ReadonlySignal<readonly Curve[]> = computed(() => {
  const width = std.value;
  const line = steps([-reach, reach], 1201);
  const below = steps([-reach, Math.max(-reach + 1e-6, x.value)], 401);
  return [
    { name: 'Φ(x)', color: 'blue', kind: 'area', x: below, y: below.map((v) => density(v, width)) },
    { name: 'density', color: 'blue', width: 1.8, x: line, y: line.map((v) => density(v, width)) },
  ];
});

/** At so many x a coin is tossed. */
const PLACES = 81;
const places = steps([-4, 4], PLACES);

/** How often each of the places was kept in the first `count` tosses; goes on from where it was. */
let tally = { width: 0, count: 0, kept: new Float64Array(PLACES), sources: [] as (() => number)[] };

export function tossed(count: number, width: number): Float64Array {
  if (tally.width !== width || tally.count > count) {
    const sources = Array.from(places, (_, i) => random(1, 'coin', i).uniform);
    tally = { width, count: 0, kept: new Float64Array(PLACES), sources };
  }
  const chances = places.map((at) => kept(at, width));
  for (; tally.count < count; tally.count++)
    for (let i = 0; i < PLACES; i++) if (tally.sources[i]() < chances[i]) tally.kept[i]++;
  return tally.kept;
}

/** The mean of x·m over the tosses, at every place. */
export const coins: ReadonlySignal<readonly Curve[]> = computed(() => {
  const count = tosses.value;
  if (count === 0) return [];
  const heads = tossed(count, std.value);
  const means = places.map((at, i) => (at * heads[i]) / count);
  return [{ name: `mean of x·m`, color: 'orange', kind: 'dots', width: 2.6, x: places, y: means }];
});

/** The largest distance of the means from the curve. */
export const distance: ReadonlySignal<number> = computed(() => {
  const [dots] = coins.value;
  if (!dots) return Number.NaN;
  const exact = gelu(places, { std: std.value });
  return Math.max(...exact.map((y, i) => Math.abs(y - dots.y[i])));
});

/** The places of the dip: where the slope is 0 and where it falls fastest. */
export const dip: ReadonlySignal<{ bottom: [number, number]; steepest: [number, number] }> = computed(() => {
  const { definition, parameters } = activation('gelu', { std: std.value });
  const { minimum } = definition.facts!(parameters);
  const turn = -Math.SQRT2 * std.value;
  return { bottom: [minimum!.x, minimum!.value], steepest: [turn, gelu(turn, { std: std.value })] };
});

export { view };
