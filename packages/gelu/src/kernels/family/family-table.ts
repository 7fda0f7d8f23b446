import type { Bound } from '../../activations/model/activation.js';
import type { Order } from '../../activations/model/order.js';
import { algebraicTable } from './algebraic-table.js';
import { PAIR } from './pair.js';
import { secondEnds } from './second-derivative.js';
import { smoothTable } from './smooth-table.js';
import type { FamilyTable } from './table.js';

/**
 * The table of a smooth or algebraic function (order 0) or a derivative; undefined if none of reasonable size will do.
 * `thorough`: whether all rows are tried before it is taken; `pair`: whether they shall give the derivative too.
 */
export function familyTable(
  bound: Bound,
  order: Order,
  { thorough = false, pair = false }: { readonly thorough?: boolean; readonly pair?: boolean } = {},
): FamilyTable | undefined {
  const { shape } = bound;
  const wanted = { thorough, pair: pair ? PAIR : undefined, secondEnds };
  if (shape.kind === 'smooth') return smoothTable(bound, shape, order, wanted);
  return shape.kind === 'algebraic' ? algebraicTable(bound, shape, order, wanted) : undefined;
}
