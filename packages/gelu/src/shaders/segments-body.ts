import type { Bound } from '../activations/model/activation.js';
import type { Line } from '../activations/model/shape.js';
import { type Body, NEGATIVE_ZERO } from './body.js';
import { literal, polynomial } from './polynomial.js';
import { type Segment, segmentsOf } from './segments.js';

const bodies = new WeakMap<Bound, (Body | undefined)[]>();

/**
 * The body of a smooth or algebraic function (order 0) or a derivative for which none was written: polynomials that are fitted to
 * the definition, chosen by bisection. Undefined where it would take too many of them.
 */
export function segmentsBody(bound: Bound, order: 0 | 1 | 2): Body | undefined {
  let own = bodies.get(bound);
  if (own === undefined) {
    own = [];
    bodies.set(bound, own);
  }
  if (!(order in own)) own[order] = make(bound, order);
  return own[order];
}

function make(bound: Bound, order: 0 | 1 | 2): Body | undefined {
  const { shape } = bound;
  if (shape.kind === 'piecewise') return undefined;
  const found = segmentsOf(bound, shape, order);
  if (found === undefined) return undefined;
  const { from, segments } = found;
  const line = (l: Line, x: number): string => lineText(l, order, bound.evaluate(order, x), x < 0);
  const last = segments.at(-1)?.to ?? from;
  const text = `
  if (x < ${literal(from)}) { return ${line(shape.below, -3e38)}; }
  if (x > ${literal(last)}) { return ${line(shape.above, 3e38)}; }
  ${segments.length === 0 ? `return ${line(shape.above, 3e38)};` : chosen(segments)}`;
  return () => text;
}

/** The line at an end, or its slope, or 0 with the sign of `far`. */
function lineText({ intercept, slope }: Line, order: 0 | 1 | 2, far: number, below: boolean): string {
  const [c0, c1] = order === 0 ? [intercept, slope] : order === 1 ? [slope, 0] : [0, 0];
  if (c1 !== 0) return `x * ${literal(c1)}${c0 === 0 ? '' : ` + ${literal(c0)}`}`;
  if (c0 !== 0) return literal(c0);
  return Object.is(far, -0) || far < 0 ? NEGATIVE_ZERO[below ? 'below' : 'above'] : '0.0';
}

function chosen(segments: readonly Segment[]): string {
  if (segments.length === 1) return leaf(segments[0]);
  const half = segments.length >> 1;
  const left = segments.slice(0, half);
  return `if (x <= ${literal(left[half - 1].to)}) { ${chosen(left)} }
  ${chosen(segments.slice(half))}`;
}

function leaf({ centre, inverse, coefficients: [c0, ...rest], scale }: Segment): string {
  const d = `(x - ${literal(centre)}) * ${literal(inverse)}`;
  const terms = `d * ${polynomial('d', rest)}`;
  const y = c0 === 0 ? terms : `(${literal(c0)} + ${terms})`;
  return `let d: f32 = ${d}; return ${scale === 1 ? y : `${y} * ${literal(scale)}`};`;
}
