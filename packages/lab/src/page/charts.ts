import { gelu, stochasticGelu } from 'gelu';
import type { FloatType } from 'gelu/numerics';
import type { Chart } from '../html/chart.js';
import { lineStyle } from '../html/palette.js';
import { grid, type Point } from '../plots/curves.js';
import { tailError, tailForms } from './tail.js';

/** Averages of `draws` values of the stochastic form at each of some x, as dots, over GELU. */
export function stochasticChart(draws: number, seed: number, width = 720): Chart & { distance: number } {
  const x = grid([-3, 3], 61);
  const means = x.map((at): Point => {
    const { output } = stochasticGelu(new Float64Array(draws).fill(at), { seed, call: Math.round(10 * at + 30) });
    return [at, output.reduce((sum, value) => sum + value / draws, 0)];
  });
  return {
    title: draws === 1 ? 'One draw at each x' : `Averages of ${draws} draws at each x`,
    x: 'x',
    y: 'x·m',
    width,
    series: [
      { name: 'GELU', ...lineStyle(0), points: grid([-3, 3], 241).map((at): Point => [at, gelu(at)]) },
      // A gap after each point: dots without a line.
      { name: 'drawn', ...lineStyle(1), dots: true, points: means.flatMap((p): Point[] => [p, [p[0], Number.NaN]]) },
    ],
    distance: Math.max(...means.map(([at, mean]) => Math.abs(mean - gelu(at)))),
  };
}

/** The errors of the forms over the negative tail: the largest in each of some intervals. */
export function tailChart(type: FloatType, width = 720): Chart {
  const [from, to, parts] = [type === 'float32' ? -13 : -38, 0, 180];
  const part = (to - from) / parts;
  const points = grid([from, to - part], parts);
  const inside = grid([0.05, 0.95], 12);
  return {
    title: `Error in ${type}, largest in each of ${parts} intervals`,
    x: 'x',
    y: 'ULP',
    logY: true,
    width,
    height: 300,
    rules: [0.5],
    series: tailForms(type).map((form, i) => ({
      name: form.name,
      ...lineStyle(i),
      points: points.map((start): Point => {
        const xs = inside.map((share) => Math.fround(start + share * part));
        return [start + part / 2, Math.max(...xs.map((x) => tailError(form, x, type)))];
      }),
    })),
  };
}
