import { derivative } from '../activations/formulas/piecewise.js';
import type { Piece, PiecewiseShape } from '../activations/model/shape.js';
import { floatBelow } from '../numerics/float32.js';
import type { Body, Constant } from './body.js';

/** A piece at x; a power of x that all terms share comes out first, so that tiny and large x do no harm. */
function text({ coefficients, divisor = 1 }: Piece, constant: Constant): string {
  const c = [...coefficients];
  while (c.length > 1 && c.at(-1) === 0) c.pop();
  const [c0 = 0, c1 = 0, c2 = 0] = c;
  if (c.length <= 1) return constant(c0 / divisor);
  const scaled = (factor: string, by: number): string => (by === 1 ? factor : `${factor} * ${constant(by)}`);
  if (c.length === 2) {
    if (c0 === 0) return divisor === 1 ? scaled('x', c1) : scaled('x', c1 / divisor);
    return scaled(`(${scaled('x', c1)} + ${constant(c0)})`, 1 / divisor);
  }
  const inner =
    c1 === 0 ? scaled('x', c2 / divisor) : `(${scaled('x', c2)} + ${constant(c1)}) * ${constant(1 / divisor)}`;
  return `x * (${inner})${c0 === 0 ? '' : ` + ${constant(c0 / divisor)}`}`;
}

/** A function made of polynomials, or its first or second derivative. */
export function piecewiseBody(shape: PiecewiseShape, order: 0 | 1 | 2): Body {
  let { pieces } = shape;
  for (let i = 0; i < order; i++) pieces = pieces.map(derivative);
  return (constant) => {
    const chosen = shape.breaks.reduce(
      (left, { x, side }, i) => {
        // A break that is no float32 lies between two: the left side ends with the lower.
        const edge = floatBelow(x);
        const right = side === 'right' && edge === x ? '>=' : '>';
        return `select(${left}, ${text(pieces[i + 1], constant)}, x ${right} ${constant(edge)})`;
      },
      text(pieces[0], constant),
    );
    return `
  return ${chosen};`;
  };
}
