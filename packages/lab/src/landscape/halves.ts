import type { Numbers } from './format.js';

/** The bits of float16 numbers, as tensors hold them where there is no Float16Array. */
export function toHalves(x: Numbers): Uint16Array {
  return Uint16Array.from(x, (v) => {
    const sign = v < 0 || Object.is(v, -0) ? 0x8000 : 0;
    const size = Math.abs(v);
    if (Number.isNaN(v)) return 0x7e00;
    if (size === Infinity) return sign | 0x7c00;
    const exponent = size < 2 ** -14 ? -14 : Math.floor(Math.log2(size));
    const units = size * 2 ** (10 - exponent);
    return sign + (exponent + 14) * 1024 + units; // the leading bit of a normal number adds to the exponent
  });
}

/** The numbers that bits, or a Float16Array, hold. */
export function fromHalves(data: ArrayLike<number>): Float32Array {
  if (!(data instanceof Uint16Array)) return Float32Array.from(data);
  return Float32Array.from(data, (bits) => {
    const size = bits & 0x7fff;
    const exponent = Math.max(size >> 10, 1) - 1;
    const value =
      size > 0x7c00 ? Number.NaN : size === 0x7c00 ? Infinity : (size - exponent * 1024) * 2 ** (exponent - 24);
    return bits & 0x8000 ? -value : value;
  });
}
