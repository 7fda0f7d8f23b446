import type { Bound } from '../../activations/model/activation.js';
import type { Order } from '../../activations/model/order.js';
import type { AlgebraicShape } from '../../activations/model/shape.js';
import { followsFar, logarithmic, uniform } from './search.js';
import { steepest } from './second-derivative.js';
import { curveOf, type FamilyTable, type Wanted } from './table.js';

/**
 * The table of an algebraic function (order 0) or a derivative, its rows wider away from where it is steepest. Undefined if none
 * of reasonable size will do.
 */
export function algebraicTable(
  bound: Bound,
  shape: AlgebraicShape,
  order: Order,
  wanted?: Wanted,
): FamilyTable | undefined {
  const curve = curveOf(bound, shape, order, wanted);
  const table = logarithmic(curve, shape.centre ?? Math.fround(steepest((x) => bound.evaluate(2, x))), 8);
  // A second derivative may vanish exponentially where the function has zeros that need the other map.
  if (!table && order === 2) return uniform(curve);
  // Second derivatives jump at kinks, where the rows tried here say nothing.
  return table && (order === 2 || followsFar(curve.f, table)) ? table : undefined;
}
