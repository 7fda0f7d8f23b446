import type { Bound } from '../../activations/model/activation.js';
import type { Order } from '../../activations/model/order.js';
import type { SmoothShape } from '../../activations/model/shape.js';
import { followsFar, logarithmic, uniform } from './search.js';
import { type Curve, curveOf, type FamilyTable, MOST_SIZE, type Wanted } from './table.js';

/** The table of a smooth function (order 0) or a derivative. Undefined if none of reasonable size will do. */
export function smoothTable(bound: Bound, shape: SmoothShape, order: Order, wanted?: Wanted): FamilyTable | undefined {
  const curve = curveOf(bound, shape, order, wanted);
  const table = uniform(curve) ?? fromAnEnd(curve);
  // Second derivatives jump at kinks, where the rows tried here say nothing.
  return table && (order === 2 || followsFar(curve.f, table)) ? table : undefined;
}

/** Rows that get narrower towards an end, of functions that fall there as exp(−exp x) does. */
function fromAnEnd(curve: Curve): FamilyTable | undefined {
  const { ends, breaks, pair } = curve;
  const size = ends.to - ends.from;
  if (breaks.length > 0 || pair || !(size < MOST_SIZE && size > 1 / MOST_SIZE)) return undefined;
  return logarithmic(curve, ends.to, 11) ?? logarithmic(curve, ends.from, 11);
}
