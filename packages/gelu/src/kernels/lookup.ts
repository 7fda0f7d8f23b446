import { unrounded } from '../activations/formulas/deliver.js';
import type { Order } from '../activations/model/order.js';
import { lo, twoProduct } from '../numerics/dd.js';
import { decode, encode, type SmallFloat } from '../numerics/small-floats.js';
import { recent } from '../shared/cache.js';
import type { DType } from './dtypes.js';
import type { Target } from './target.js';

/**
 * How the numbers of an int8 or uint8 array are read and written: real = scale·(q − zeroPoint), as in ONNX's
 * QuantizeLinear. The output's scale and zero point are the input's unless given.
 */
export interface Quantization {
  readonly scale: number;
  readonly zeroPoint: number;
  readonly outputScale?: number | undefined;
  readonly outputZeroPoint?: number | undefined;
}

/** The least and the largest number of each quantized type. */
export const INTEGERS: { readonly [name in DType]?: readonly [number, number] } = {
  int8: [-128, 127],
  uint8: [0, 255],
};

/** The tables that were used last, so that a program that goes through many functions does not keep them all. */
const tables: (key: string, make: () => unknown) => unknown = recent(32);
const remember = <T>(key: readonly unknown[], make: () => T): T => tables(key.join(' '), make) as T;

/** The float64 f(x) at all numbers x of a 16-bit format. */
const overAll = (format: SmallFloat, f: (x: number) => number): Float64Array =>
  Float64Array.from({ length: 65536 }, (_, bits) => f(decode(bits, format)));

/**
 * The function on all 65,536 numbers of a 16-bit format, correctly rounded: with so few inputs a table is both exact
 * and fast.
 */
export function smallFloatTable(target: Target, order: Order, format: SmallFloat): Uint16Array {
  return remember([target.key, order, format.precision], () =>
    Uint16Array.from(overAll(format, (x) => roundedAt(target, order, x, format))),
  );
}

function roundedAt(target: Target, order: Order, x: number, format: SmallFloat): number {
  const y = target.evaluate(order, x);
  const bits = encode(y, format);
  const halfway = bits !== encode(y, format, y) || bits !== encode(y, format, -y);
  if (!halfway) return bits;
  // y seems to lie in the middle of two neighbours: what it left out decides.
  target.evaluate(order, x, true);
  const [high, low] = unrounded;
  if (order !== 0 || Math.abs(x) >= 2 ** -40 || Math.abs(low) > Math.abs(high) * 2 ** -80)
    return encode(y, format, low);
  // x is so small that even that is lost: the function is a line there plus its curvature's half times x².
  return encode(y, format, target.evaluate(2, x));
}

/** The derivative (in float64) at all numbers of a 16-bit format, for the backward pass. */
export function smallFloatDerivative(target: Target, format: SmallFloat): Float64Array {
  return remember([target.key, 'backward', format.precision], () => overAll(format, (x) => target.evaluate(1, x)));
}

/** All numbers of a 16-bit format. */
export function smallFloatValues(format: SmallFloat): Float64Array {
  return remember([format.precision], () => overAll(format, (x) => x));
}

/**
 * The function on all 256 quantized inputs, indexed by the input's lower 8 bits: gelu of the real number, divided by
 * the output's scale, rounded to nearest with ties to even, shifted by the zero point and clamped.
 */
export function quantizedTable(
  target: Target,
  order: Order,
  type: DType,
  { scale, zeroPoint, outputScale = scale, outputZeroPoint = zeroPoint }: Quantization,
): Int8Array | Uint8Array {
  return remember([target.key, order, type, scale, zeroPoint, outputScale, outputZeroPoint], () => {
    const [least, largest] = INTEGERS[type] as readonly [number, number];
    const table = new (least < 0 ? Int8Array : Uint8Array)(256);
    for (let q = least; q <= largest; q++) {
      const n = quantize(target, order, scale * (q - zeroPoint), outputScale);
      table[q & 255] = Math.min(Math.max(n + outputZeroPoint, least), largest);
    }
    return table;
  });
}

/** f(x)/outputScale rounded to the nearest integer, ties to even. */
function quantize(target: Target, order: Order, x: number, outputScale: number): number {
  const y = target.evaluate(order, x) / outputScale;
  const floor = Math.floor(y);
  if (y - floor !== 0.5) return Math.round(y);
  // What the quotient left out decides: the sign of f(x) − (floor + ½)·outputScale.
  const high = target.evaluate(order, x, true);
  const middle = twoProduct(floor + 0.5, outputScale);
  const rest = high - middle + (unrounded[2] === 0 ? unrounded[1] : 0) - lo[0];
  return rest > 0 || (rest === 0 && floor % 2 !== 0) ? floor + 1 : floor;
}

/**
 * out[i] = table[x[i]], the whole kernel of every type of at most 16 bits; `out` may be `x`. Elements of 16 bits are read and
 * written in pairs, in either byte order, where pairs are aligned: twice as fast as one by one.
 */
export function lookUp<T extends Uint16Array | Int8Array | Uint8Array>(table: ArrayLike<number>, x: T, out: T): void {
  const mask = table.length - 1;
  let i = 0;
  if (mask > 255 && (x.byteOffset | out.byteOffset) % 4 === 0) {
    const pairs = x.length >> 1;
    const from = new Uint32Array(x.buffer, x.byteOffset, pairs);
    const to = new Uint32Array(out.buffer, out.byteOffset, pairs);
    for (; i < pairs; i++) to[i] = table[from[i] & mask] | (table[from[i] >>> 16] << 16);
    i *= 2;
  }
  for (; i < x.length; i++) out[i] = table[x[i] & mask];
}
