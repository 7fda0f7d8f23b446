import { describe, expect, test } from 'vitest';
import { activations, bind } from '../activations/index.js';
import { exponentOf } from '../numerics/ulp.js';
import { evaluateSegment, segmentsOf } from './segments.js';

// What the README states of functions on GPUs, in ULP, less what another order of the operations may add.
const BOUNDS = [4.5, 6, 8] as const;

const smooth = activations.map((definition) => bind(definition)).filter(({ shape }) => shape.kind !== 'piecewise');

/** Float32 numbers where functions bend, and of every size. */
const points = Array.from({ length: 20_000 }, (_, i) =>
  Math.fround(i % 2 ? -60 + (110 * i) / 20_000 : Math.sin(i) * 2 ** ((i % 250) - 125)),
);

describe.each(smooth.map((bound) => [bound.key, bound] as const))('%s', (_, bound) => {
  const { shape, evaluate } = bound;
  test.each([0, 1, 2] as const)('order %i in float32', (order) => {
    if (shape.kind === 'piecewise') return;
    const found = segmentsOf(bound, shape, order);
    // What grows without limit, or turns where it is 0 to the last bit, is not for polynomials; it has a shader of its own.
    if (found === undefined) {
      expect(['exponential', 'clippedGelu']).toContain(bound.definition.name);
      return;
    }
    const { from, segments } = found;
    expect(segments.length).toBeLessThan(400);
    for (const x of points) {
      const segment = segments.find(({ to }) => x <= to);
      if (segment === undefined || x < from || (order === 2 && shape.breaks.includes(x))) continue;
      const y = evaluate(order, x);
      const unit = 2 ** (exponentOf(Math.max(Math.abs(y), 2 ** -126)) - 23);
      expect(Math.abs(evaluateSegment(segment, x) - y) / unit, `at ${x}`).toBeLessThanOrEqual(BOUNDS[order]);
    }
  });
});
