import type { Series } from './chart.js';

const NAMES = ['blue', 'orange', 'green', 'violet', 'grey'] as const;

/** The colours of the light page, for files that have no style sheet. */
const PRINTED = { blue: '#1f5fc4', orange: '#d4620b', green: '#12805c', violet: '#8447c9', grey: '#7c838c' };

/** How many lines have a colour of their own. */
export const COLOR_COUNT: number = NAMES.length;

/**
 * How the i-th of several lines is drawn: a colour, the first line broader; when all colours are used, dashed. In a page
 * colours follow its style, light or dark; with `printed` they are fixed.
 */
export function lineStyle(i: number, printed = false): Pick<Series, 'color' | 'dashed' | 'strong'> {
  const name = NAMES[i % NAMES.length];
  const color = printed ? PRINTED[name] : `var(--c-${name})`;
  return { color, strong: i === 0, dashed: i % (2 * NAMES.length) >= NAMES.length };
}
