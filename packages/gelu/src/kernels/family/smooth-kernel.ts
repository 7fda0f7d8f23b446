import type { Bound } from '../../activations/model/activation.js';
import type { Kernel } from '../target.js';
import { smoothTable } from './smooth-table.js';
import { tableKernel } from './table-kernel.js';

/** The kernel of a smooth function, by a table; undefined where no table can follow it. */
export function smoothKernel(bound: Bound, order: 0 | 1): Kernel<Float32Array> | undefined {
  const { shape } = bound;
  if (shape.kind !== 'smooth') return undefined;
  return tableKernel(
    (wanted) => smoothTable(bound, shape, order, wanted),
    (x) => bound.evaluate(order, x),
  );
}
