import { powers } from '../../numerics/exp.js';
import { millsRows, ROOT_ROWS } from '../float64/tables.js';
import type { Addon } from './addon.js';
import { type NativeFloat64, native } from './hook.js';

/** GELU in float64 by the native kernels, on the arrays where they stand. */
export const nativeFloat64 =
  (addon: Addon): NativeFloat64 =>
  (form, order, x, out, gradOutput) =>
    addon.wide(form, order === 1, powers(), ROOT_ROWS[form](), millsRows(), x, out, gradOutput, native.threads);
