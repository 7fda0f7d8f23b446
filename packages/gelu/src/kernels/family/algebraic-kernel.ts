import type { Bound } from '../../activations/model/activation.js';
import type { Kernel } from '../target.js';
import { algebraicTable } from './algebraic-table.js';
import { tableKernel } from './table-kernel.js';

/** The kernel of an algebraic function, by a table; undefined where no table can follow it. */
export function algebraicKernel(bound: Bound, order: 0 | 1): Kernel<Float32Array> | undefined {
  const { shape } = bound;
  if (shape.kind !== 'algebraic') return undefined;
  return tableKernel(
    (wanted) => algebraicTable(bound, shape, order, wanted),
    (x) => bound.evaluate(order, x),
  );
}
