import { isArray } from '../../input/arrays.js';
import { describe, GeluRangeError, GeluTypeError } from '../../shared/errors.js';

/** Which half of the axis is the value: the first, as in PyTorch's `glu`, or the second. */
export type GatedOrder = 'valueFirst' | 'gateFirst';

/** How the halves lie in one array. */
export interface LayoutOptions {
  readonly columns?: number | undefined;
  readonly shape?: readonly number[] | undefined;
  readonly dim?: number | undefined;
  readonly order?: GatedOrder | undefined;
}

/** Rows of 2n, the halves n each; `shape` is that of the result, where the input's is known. */
export interface Layout {
  readonly rows: number;
  readonly columns: number;
  readonly valueAt: number;
  readonly gateAt: number;
  readonly shape: readonly number[] | undefined;
}

/** The layout of an array of `length` elements, all options checked. */
export function layoutOf(length: number, options: LayoutOptions): Layout {
  const { columns, shape, dim = -1, order = 'valueFirst' } = options;
  if (order !== 'valueFirst' && order !== 'gateFirst')
    throw new GeluRangeError('order', "'valueFirst' or 'gateFirst'", describe(order));
  if (typeof dim !== 'number') throw new GeluTypeError('dim', 'a number', describe(dim));
  if (shape === undefined) {
    if (dim !== -1)
      throw new GeluTypeError('shape', 'the shape of the input, for a dim other than -1', describe(shape));
    return rowsOf(length, requireColumns(length, columns), order, undefined);
  }
  if (columns !== undefined) throw new GeluTypeError('columns', 'absent where there is a shape', describe(columns));
  requireShape(shape, length);
  const at = dim < 0 ? dim + shape.length : dim;
  if (!Number.isInteger(at) || at < 0 || at >= shape.length)
    throw new GeluRangeError('dim', `an axis of the shape [${shape.join(', ')}]`, String(dim));
  if (shape[at] === 0 || shape[at] % 2 !== 0)
    throw new GeluRangeError('shape', `even and greater than 0 along dim ${dim}`, `[${shape.join(', ')}]`);
  const inner = shape.slice(at).reduce((a, b) => a * b, 1);
  const result = shape.map((size, i) => (i === at ? size / 2 : size));
  // Where an axis is empty, there are no rows; any even size does for them.
  return rowsOf(length, inner || 2, order, result);
}

function rowsOf(length: number, columns: number, order: GatedOrder, shape: readonly number[] | undefined): Layout {
  const n = columns / 2;
  const [valueAt, gateAt] = order === 'valueFirst' ? [0, n] : [n, 0];
  return { rows: length / columns, columns: n, valueAt, gateAt, shape };
}

function requireColumns(length: number, columns: unknown): number {
  if (typeof columns !== 'number') throw new GeluTypeError('columns', 'the size of the last axis', describe(columns));
  if (!(Number.isInteger(columns) && columns > 0 && columns % 2 === 0))
    throw new GeluRangeError('columns', 'even and greater than 0', String(columns));
  if (length % columns !== 0)
    throw new GeluRangeError('columns', `a divisor of the input's length, ${length}`, String(columns));
  return columns;
}

function requireShape(shape: unknown, length: number): asserts shape is readonly number[] {
  if (!isArray(shape) || shape.length === 0) throw new GeluTypeError('shape', 'an array of sizes', describe(shape));
  const good = Array.from(shape as number[], (size) => Number.isSafeInteger(size) && size >= 0).every(Boolean);
  if (!good || (shape as number[]).reduce((a, b) => a * b, 1) !== length)
    throw new GeluRangeError('shape', `whole sizes for ${length} elements`, `[${shape.map(String).join(', ')}]`);
}
