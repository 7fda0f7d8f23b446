import { derivative, pieceAt } from '../../activations/formulas/piecewise.js';
import type { PiecewiseShape } from '../../activations/model/shape.js';
import type { Kernel } from '../target.js';

/**
 * The float32 kernel, in JavaScript, of a function (order 0) or derivative that is made of constants, multiples of x and x
 * moved by a constant: one rounding in float64, one to float32. Undefined for others, whose sums may cancel.
 */
export function linesKernel(shape: PiecewiseShape, order: 0 | 1): Kernel<Float32Array> | undefined {
  const pieces = order === 0 ? shape.pieces : shape.pieces.map(derivative);
  const simple = pieces.every(
    ({ coefficients: [c0 = 0, c1 = 0, ...rest], divisor = 1 }) =>
      divisor === 1 && rest.every((c) => c === 0) && (c0 === 0 || c1 === 0 || Math.abs(c1) === 1),
  );
  if (!simple) return undefined;
  const lines = pieces.map(({ coefficients: [c0 = 0, c1 = 0] }) => [c0, c1] as const);
  const f = (x: number): number => {
    if (Number.isNaN(x)) return x;
    const [c0, c1] = lines[pieceAt(shape, x)];
    return c1 === 0 ? c0 : c0 === 0 ? c1 * x : c1 * x + c0;
  };
  return {
    forward: (x, out) => {
      for (let i = 0; i < x.length; i++) out[i] = f(x[i]);
    },
    backward: (gradOutput, x, out) => {
      for (let i = 0; i < x.length; i++) out[i] = gradOutput[i] * f(x[i]);
    },
  };
}
