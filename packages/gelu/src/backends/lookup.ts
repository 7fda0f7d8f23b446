import { evaluate, type Form, type Order } from '../activations/gelu/forms.js';
import { unrounded } from '../activations/gelu/result.js';
import { lo, twoProduct } from '../numerics/dd.js';
import { decode, encode, type SmallFloat } from '../numerics/small-floats.js';

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

/** The tables that were used last, so that a program that goes through many forms does not keep them all. */
const tables = new Map<string, unknown>();
const MAX_TABLES = 32;

function remember<T>(key: string, make: () => T): T {
  let table = tables.get(key) as T | undefined;
  if (table === undefined) table = make();
  else tables.delete(key);
  tables.set(key, table);
  if (tables.size > MAX_TABLES) tables.delete(tables.keys().next().value as string);
  return table;
}

const keyOf = (form: Form, ...rest: unknown[]): string => [form.approximate, form.mean, form.std, ...rest].join(' ');

/**
 * The function on all 65,536 numbers of a 16-bit format, correctly rounded: with so few inputs a table is both exact
 * and fast.
 */
export function smallFloatTable(form: Form, order: Order, format: SmallFloat): Uint16Array {
  return remember(keyOf(form, order, format.name), () =>
    Uint16Array.from({ length: 65536 }, (_, bits) => roundedAt(form, order, decode(bits, format), format)),
  );
}

function roundedAt(form: Form, order: Order, x: number, format: SmallFloat): number {
  const y = evaluate(form, order, x);
  const bits = encode(y, format);
  const halfway = bits !== encode(y, format, y) || bits !== encode(y, format, -y);
  if (!halfway) return bits;
  // y seems to lie in the middle of two neighbours: what it left out decides. Where x is so small that even that is
  // lost, the function is x/2 + c·x² with c > 0, so just above.
  evaluate(form, order, x, true);
  const rest = Math.abs(x) < 2 ** -40 ? 1 : unrounded[1];
  return encode(y, format, rest);
}

/** The derivative (in float64) at all numbers of a 16-bit format, for the backward pass. */
export function smallFloatDerivative(form: Form, format: SmallFloat): Float64Array {
  return remember(keyOf(form, 'backward', format.name), () =>
    Float64Array.from({ length: 65536 }, (_, bits) => evaluate(form, 1, decode(bits, format))),
  );
}

/** All numbers of a 16-bit format. */
export function smallFloatValues(format: SmallFloat): Float64Array {
  return remember(format.name, () => Float64Array.from({ length: 65536 }, (_, bits) => decode(bits, format)));
}

/**
 * The function on all 256 quantized inputs, indexed by the input's lower 8 bits: gelu of the real number, divided by
 * the output's scale, rounded to nearest with ties to even, shifted by the zero point and clamped.
 */
export function quantizedTable(
  form: Form,
  order: Order,
  type: 'int8' | 'uint8',
  { scale, zeroPoint, outputScale = scale, outputZeroPoint = zeroPoint }: Quantization,
): Int8Array | Uint8Array {
  return remember(keyOf(form, order, type, scale, zeroPoint, outputScale, outputZeroPoint), () => {
    const [table, least, largest] = type === 'int8' ? [new Int8Array(256), -128, 127] : [new Uint8Array(256), 0, 255];
    for (let q = least; q <= largest; q++) {
      const n = quantize(form, order, scale * (q - zeroPoint), outputScale);
      table[q & 255] = Math.min(Math.max(n + outputZeroPoint, least), largest);
    }
    return table;
  });
}

/** f(x)/outputScale rounded to the nearest integer, ties to even. */
function quantize(form: Form, order: Order, x: number, outputScale: number): number {
  const y = evaluate(form, order, x) / outputScale;
  const floor = Math.floor(y);
  const excess = y - floor;
  if (excess !== 0.5) return excess > 0.5 ? floor + 1 : floor;
  // What the quotient left out decides: the sign of f(x) − (floor + ½)·outputScale.
  const high = evaluate(form, order, x, true);
  const middle = twoProduct(floor + 0.5, outputScale);
  const rest = high - middle + (unrounded[2] === 0 ? unrounded[1] : 0) - lo[0];
  return rest > 0 || (rest === 0 && floor % 2 !== 0) ? floor + 1 : floor;
}

/** out[i] = table[x[i]], the whole kernel of every type of at most 16 bits. */
export function lookUp<T extends Uint16Array | Int8Array | Uint8Array>(
  table: ArrayLike<number>,
  x: T,
  out: T,
  mask: number,
): void {
  for (let i = 0; i < x.length; i++) out[i] = table[x[i] & mask];
}
