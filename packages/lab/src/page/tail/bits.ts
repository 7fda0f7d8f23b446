import type { FloatType } from 'gelu/numerics';

/** The bits of a number in a format: its sign, its exponent, its significand. */
export function bitsOf(value: number, type: FloatType): [sign: string, exponent: string, significand: string] {
  const view = new DataView(new ArrayBuffer(8));
  let bits: string;
  if (type === 'float32') {
    view.setFloat32(0, value);
    bits = view.getUint32(0).toString(2).padStart(32, '0');
  } else {
    view.setFloat64(0, value);
    bits = view.getBigUint64(0).toString(2).padStart(64, '0');
  }
  const end = type === 'float32' ? 9 : 12;
  return [bits[0], bits.slice(1, end), bits.slice(end)];
}
