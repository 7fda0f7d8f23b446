import { BFLOAT16, decode, FLOAT16 } from '../../numerics/small-floats.js';

/** How an output of two models differs. */
export interface OutputDifference {
  name: string;
  dtype: string;
  elements: number;
  /** The largest difference; Infinity where one is NaN, infinite or of another shape, and the other is not. */
  absolute: number;
  /** That as a part of the largest finite magnitude of the output; what is not floating-point counts by the part that differs. */
  relative: number;
  /** Where it is, and what the two have there. */
  at: number;
  before: number;
  after: number;
}

interface Tensor {
  type: string;
  dims: readonly number[];
  data: ArrayLike<number | bigint | string>;
}

/** Compares two tensors of ONNX Runtime. */
export function compared(name: string, one: unknown, other: unknown): OutputDifference {
  const [a, b] = [one as Tensor, other as Tensor | undefined];
  const result = { name, dtype: a.type, elements: a.data.length, absolute: 0, relative: 0, at: -1 };
  const apart: OutputDifference = {
    ...result,
    absolute: Infinity,
    relative: Infinity,
    before: Number.NaN,
    after: Number.NaN,
  };
  if (b === undefined || a.type !== b.type || String(a.dims) !== String(b.dims)) return apart;
  if (a.type === 'string') {
    const differing = Array.from(a.data).filter((text, i) => text !== b.data[i]).length;
    return differing === 0 ? { ...apart, absolute: 0, relative: 0 } : { ...apart, relative: differing / a.data.length };
  }
  const read = reader(a);
  const readOther = reader(b);
  let worst: OutputDifference = { ...result, before: Number.NaN, after: Number.NaN };
  let magnitude = 0;
  let differing = 0;
  for (let i = 0; i < a.data.length; i++) {
    const [p, q] = [read(i), readOther(i)];
    if (Math.abs(p) > magnitude && Number.isFinite(p)) magnitude = Math.abs(p);
    if (p === q || (Number.isNaN(p) && Number.isNaN(q))) continue;
    differing++;
    const distance = Math.abs(p - q);
    const absolute = Number.isNaN(distance) ? Infinity : distance;
    if (absolute > worst.absolute) worst = { ...worst, absolute, at: i, before: p, after: q };
  }
  const isFloat = a.type.includes('float');
  const part = isFloat ? worst.absolute / (magnitude || 1) : differing / Math.max(1, a.data.length);
  return { ...worst, relative: part };
}

/** Numbers of a tensor, also of 16 bits, which some runtimes give as bits. */
function reader({ type, data }: Tensor): (i: number) => number {
  const format = type === 'float16' ? FLOAT16 : type === 'bfloat16' ? BFLOAT16 : undefined;
  if (format !== undefined && data instanceof Uint16Array) return (i) => decode(data[i], format);
  return (i) => Number(data[i]);
}
