import { arrayLike, requireApart, requireAttached, requireLike } from '../../input/arrays.js';
import { type CallOptions, resolveCall } from '../../input/options.js';
import type { Resolve } from '../../input/prepare.js';
import { arrayClass, bitsOf, plain, type TensorData } from '../../kernels/dtypes.js';
import { describe, GeluTypeError } from '../../shared/errors.js';
import { type LayoutOptions, layoutOf } from './layout.js';
import type { Data, Operands, Unit } from './passes.js';
import type { FloatArray, GatedOptions } from './types.js';

/** Options of any call, those of the gate's function among them. */
export type Any = GatedOptions & { readonly [name: string]: unknown };

/** The options of a call that are not the function's: with two arrays, and with one. */
export const PAIR: readonly string[] = ['out', 'precision', 'dtype'];
export const HALVES: readonly string[] = ['columns', 'shape', 'dim', 'order', 'out', 'precision', 'dtype'];

/** A call on typed arrays with everything checked. */
export interface Resolved {
  readonly unit: Unit;
  readonly x: FloatArray;
  readonly operands: Operands;
}

/** A call on one array. */
export function resolveHalves<O>(resolve: Resolve<O>, input: unknown, given: O & Any): Resolved {
  const x = requireFloat(input, 'input');
  const target = resolve(given, HALVES);
  requireAttached(x, 'input');
  const { rows, columns, valueAt, gateAt } = layoutOf(plain(x).length, given as LayoutOptions);
  const call = resolveCall(x, { precision: given.precision, dtype: given.dtype } as CallOptions);
  const data = bits(x);
  const operands = { gate: data, gateAt, value: data, valueAt, stride: 2 * columns };
  return { unit: { target, call, rows, columns }, x, operands };
}

/** A call on gate and value. */
export function resolvePair<O>(resolve: Resolve<O>, gate: unknown, value: unknown, given: O & Any): Resolved {
  const x = requireFloat(gate, 'gate');
  const target = resolve(given, PAIR);
  requireAttached(x, 'gate');
  const own = requireLike(value, x, 'value', plain(x).length, 'as the gate is');
  const call = resolveCall(x, { precision: given.precision, dtype: given.dtype } as CallOptions);
  const n = plain(x).length;
  const operands = { gate: bits(x), gateAt: 0, value: bits(own), valueAt: 0, stride: n };
  return { unit: { target, call, rows: n === 0 ? 0 : 1, columns: Math.max(n, 1) }, x, operands };
}

function requireFloat(array: unknown, name: string): FloatArray {
  const found = arrayClass(array);
  if (found === undefined || found === 'Int8Array' || found === 'Uint8Array')
    throw new GeluTypeError(
      name,
      'a Float32Array, Float64Array, Float16Array, Uint16Array of 16-bit floats, or nested arrays of numbers',
      describe(array),
    );
  return array as FloatArray;
}

/** An array as the passes take it, of the language's own classes. */
export function bits(array: FloatArray): Data {
  const own = plain(array);
  return own instanceof Float32Array || own instanceof Float64Array ? own : bitsOf(own as TensorData);
}

/** `out` of a forward call, checked: of the input's class, with `length` elements, apart from the input; or a new array. */
export function resultFor(out: unknown, input: FloatArray, length: number): FloatArray {
  if (out === undefined) return arrayLike(input, length);
  requireLike(out, input, 'out', length, 'half of the input');
  requireApart(input, out as FloatArray, 'the input');
  return out as FloatArray;
}
