import type { Series } from './chart.js';

const NAMES = ['blue', 'orange', 'green', 'violet', 'grey'] as const;

/** The colours of the light page, for files that have no style sheet. */
const PRINTED = { blue: '#1f5fc4', orange: '#b34f00', green: '#0f7452', violet: '#8447c9', grey: '#626a74' };

/** How many lines have a colour of their own. */
export const COLOR_COUNT: number = NAMES.length;

/** Lines are told apart without colours too; the first is solid. */
const DASHES = [undefined, '7 3', '2 2.5', '8 3 2 3', '12 4'] as const;

/**
 * How the i-th of several lines is drawn: a colour and a dash, the first line broader; when all are used, colours come with
 * other dashes. In a page colours follow its style, light or dark; with `printed` they are fixed.
 */
export function lineStyle(i: number, printed = false): Pick<Series, 'color' | 'dash' | 'strong'> {
  const name = NAMES[i % NAMES.length];
  const color = printed ? PRINTED[name] : `var(--c-${name})`;
  const dash = DASHES[(i + Math.floor(i / NAMES.length)) % DASHES.length];
  return { color, strong: i === 0, ...(dash && { dash }) };
}
