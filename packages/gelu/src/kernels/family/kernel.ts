import type { Bound } from '../../activations/model/activation.js';
import type { Kernel } from '../target.js';
import { algebraicKernel } from './algebraic-kernel.js';
import { keptKernel, type MakeKernel } from './kept.js';
import { piecesKernel } from './pieces-kernel.js';
import { smoothKernel } from './smooth-kernel.js';

/** The kernels of every shape. */
export const anyKernel: MakeKernel = (bound, order) => {
  const { kind } = bound.shape;
  return (kind === 'piecewise' ? piecesKernel : kind === 'smooth' ? smoothKernel : algebraicKernel)(bound, order);
};

/**
 * The float32 kernel of an activation (order 0) or its derivative (order 1), made from its definition and its shape;
 * undefined where the scalar definition shall do the work.
 *
 * Results are within 0.57 ULP (0.54 is the worst that was found), the same for both precisions and on every engine. `backward` multiplies
 * gradOutput by the derivative in float64 and rounds once. Any byte offset and shared memory; `out` may be an input.
 */
export function familyKernel(bound: Bound, order: 0 | 1): Kernel<Float32Array> | undefined {
  return keptKernel(anyKernel, bound, order);
}
