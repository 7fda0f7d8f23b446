import { describe, GeluRangeError, GeluTypeError } from '../../shared/errors.js';
import type { GatedOrder } from './layout.js';

/** How gate and value lie in one array that knows its shape. */
export interface HalvesOptions {
  /** The axis that holds both halves; default −1, the last. */
  readonly axis?: number | undefined;
  /** PyTorch's word for `axis`. */
  readonly dim?: number | undefined;
  /** Which half is the value: the first (default), as in PyTorch's `glu`, or the second. */
  readonly order?: GatedOrder | undefined;
}

/** The axis that is halved, as a number from 0 on, the size of a half, and which of them is the value; all checked. */
export function axisOf(
  shape: readonly number[],
  { axis, dim, order = 'valueFirst' }: HalvesOptions,
): { readonly at: number; readonly size: number; readonly valueFirst: boolean } {
  if (axis !== undefined && dim !== undefined) throw new GeluTypeError('dim', 'absent beside axis', describe(dim));
  const name = dim === undefined ? 'axis' : 'dim';
  const given = dim ?? axis ?? -1;
  if (typeof given !== 'number') throw new GeluTypeError(name, 'a number', describe(given));
  const at = given < 0 ? given + shape.length : given;
  if (!Number.isInteger(at) || at < 0 || at >= shape.length)
    throw new GeluRangeError(name, `an axis of rank ${shape.length}`, String(given));
  if (shape[at] === 0 || shape[at] % 2 !== 0)
    throw new GeluRangeError('x', `even and not 0 along ${name} ${given}`, `shape [${shape}]`);
  if (order !== 'valueFirst' && order !== 'gateFirst')
    throw new GeluRangeError('order', "'valueFirst' or 'gateFirst'", describe(order));
  return { at, size: shape[at] / 2, valueFirst: order === 'valueFirst' };
}
