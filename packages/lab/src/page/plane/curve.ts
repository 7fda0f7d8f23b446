/** A line, or dots, in a plane. */
export interface Curve {
  readonly name: string;
  /** A name of the palette: 'blue', 'orange' … */
  readonly color: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly kind?: 'line' | 'dots' | 'area';
  readonly dashed?: boolean;
  readonly faint?: boolean;
  readonly width?: number;
  /** Its value at x, for the crosshair; else it is read off the points. */
  readonly at?: (x: number) => number;
}

/** The colours in which curves follow each other; further ones are dashed. */
export const COLORS: readonly string[] = ['blue', 'orange', 'green', 'violet', 'red', 'teal', 'pink', 'grey'];

export const styleOf = (i: number): Pick<Curve, 'color' | 'dashed'> => ({
  color: COLORS[i % COLORS.length],
  dashed: i >= COLORS.length,
});

/** A curve's value at x: its own, or between two of its points. */
export function valueAt({ x, y, at }: Curve, where: number): number {
  if (at) return at(where);
  if (!(where >= x[0] && where <= x[x.length - 1])) return Number.NaN;
  let low = 0;
  let high = x.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= where) low = middle;
    else high = middle;
  }
  const share = (where - x[low]) / (x[high] - x[low] || 1);
  return y[low] + share * (y[high] - y[low]);
}

/** `count` values from one number to another, as float64. */
export function steps([from, to]: readonly [number, number], count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => from + (i / (count - 1)) * (to - from));
}
