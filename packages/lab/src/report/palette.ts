import type { Series } from './chart.js';

const COLORS = ['--c-blue', '--c-orange', '--c-green', '--c-violet', '--c-grey'].map((name) => `var(${name})`);

/** How the i-th of several lines is drawn: a colour, the first line broader; when all colours are used, dashed. */
export function lineStyle(i: number): Pick<Series, 'color' | 'dashed' | 'strong'> {
  return { color: COLORS[i % COLORS.length], strong: i === 0, dashed: i % (2 * COLORS.length) >= COLORS.length };
}
