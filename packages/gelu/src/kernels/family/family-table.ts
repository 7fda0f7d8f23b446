import type { Bound } from '../../activations/model/activation.js';
import type { Order } from '../../activations/model/order.js';
import { algebraicTable } from './algebraic-table.js';
import { smoothTable } from './smooth-table.js';
import type { FamilyTable, Wanted } from './table.js';

/** The table of a smooth or algebraic function (order 0) or a derivative; undefined if none of reasonable size will do. */
export function familyTable(bound: Bound, order: Order, wanted?: Wanted): FamilyTable | undefined {
  const { shape } = bound;
  if (shape.kind === 'smooth') return smoothTable(bound, shape, order, wanted);
  return shape.kind === 'algebraic' ? algebraicTable(bound, shape, order, wanted) : undefined;
}
