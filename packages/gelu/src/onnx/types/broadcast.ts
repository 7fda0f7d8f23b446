import type { Dim } from '../read/value.js';

export type Shape = readonly Dim[];

/** The shape that shapes broadcast to: aligned at their ends, a dimension of 1 is as long as the others. */
export function broadcast(shapes: readonly Shape[]): Dim[] {
  const rank = shapes.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: rank }, (_, i) => {
    let dim: Dim = 1;
    for (const shape of shapes) {
      const at = i - (rank - shape.length);
      if (at >= 0) dim = wider(dim, shape[at]);
    }
    return dim;
  });
}

function wider(a: Dim, b: Dim): Dim {
  if (a === 1 || a === b) return b;
  if (b === 1) return a;
  // A number above 1 wins over whatever the other may be: it must be the same, or 1.
  if (typeof a === 'number') return typeof b === 'number' ? undefined : a;
  return typeof b === 'number' ? b : undefined;
}
