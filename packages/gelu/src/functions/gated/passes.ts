import { arrayLike } from '../../input/arrays.js';
import { type ArrayCall, compute } from '../../kernels/dispatch.js';
import { SMALL_FLOATS } from '../../kernels/dtypes.js';
import { smallFloatValues } from '../../kernels/lookup.js';
import type { Target } from '../../kernels/target.js';
import { encode } from '../../numerics/small-floats.js';
import { blockSize, forEachBlock } from './blocks.js';

/** What the passes work on: 16-bit floats as their bits. */
export type Data = Float32Array | Float64Array | Uint16Array;

/** Gate and value, or their gradients: rows of `columns` elements that begin `stride` apart, in one array or in two. */
export interface Operands {
  readonly gate: Data;
  readonly gateAt: number;
  readonly value: Data;
  readonly valueAt: number;
  readonly stride: number;
}

/** A gated unit: which function the gate goes through, how numbers are read, and how many there are. */
export interface Unit {
  readonly target: Target;
  readonly call: ArrayCall;
  readonly rows: number;
  readonly columns: number;
}

/** out = value · act(gate), rows of `columns` one after the other. */
export function gatedForward({ target, call, rows, columns: n }: Unit, x: Operands, out: Data): void {
  const buffer = arrayLike(x.gate, blockSize(rows, n));
  const multiply = multiplier(call);
  forEachBlock(rows, n, ({ row, rows, column, width }) => {
    const acted = buffer.subarray(0, rows * width);
    gather(x.gate, x.stride * row + x.gateAt + column, x.stride, acted, width);
    compute(target, 0, acted, acted, call);
    for (let r = 0; r < rows; r++) {
      const at = x.stride * (row + r) + x.valueAt + column;
      multiply(x.value, at, acted, r * width, out, n * (row + r) + column, width);
    }
  });
}

/**
 * The gradients of value, gradOutput·act(gate), and of gate, (gradOutput·value)·act'(gate). They may go where the operands or
 * gradOutput are: a block is read before it is written.
 */
export function gatedBackward(
  { target, call, rows, columns: n }: Unit,
  gradOutput: Data,
  x: Operands,
  out: Operands,
): void {
  const size = blockSize(rows, n);
  const [gates, products, acts] = [arrayLike(x.gate, size), arrayLike(x.gate, size), arrayLike(x.gate, size)];
  const multiply = multiplier(call);
  forEachBlock(rows, n, ({ row, rows, column, width }) => {
    const [inputs, gradients, acted] = [gates, products, acts].map((a) => a.subarray(0, rows * width));
    gather(x.gate, x.stride * row + x.gateAt + column, x.stride, inputs, width);
    compute(target, 0, inputs, acted, call);
    for (let r = 0; r < rows; r++) {
      const from = n * (row + r) + column;
      const start = row + r;
      multiply(gradOutput, from, x.value, x.stride * start + x.valueAt + column, gradients, r * width, width);
      multiply(gradOutput, from, acted, r * width, out.value, out.stride * start + out.valueAt + column, width);
    }
    compute(target, 1, inputs, gradients, call, gradients);
    for (let r = 0; r < rows; r++)
      copy(gradients, r * width, out.gate, out.stride * (row + r) + out.gateAt + column, width);
  });
}

/** Elements from `start` on, in rows of `width` that are `stride` apart, one after the other. */
function gather(x: Data, start: number, stride: number, out: Data, width: number): void {
  for (let k = 0, from = start; k < out.length; k += width, from += stride) copy(x, from, out, k, width);
}

function copy(x: Data, from: number, out: Data, to: number, n: number): void {
  if (n >= 32) out.set(x.subarray(from, from + n), to);
  else for (let i = 0; i < n; i++) out[to + i] = x[from + i];
}

type Multiply = (a: Data, fromA: number, b: Data, fromB: number, out: Data, to: number, n: number) => void;

/** n elements of out, from `to` on, = those of a · those of b, rounded to the type. */
function multiplier({ dtype }: ArrayCall): Multiply {
  if (dtype !== 'float16' && dtype !== 'bfloat16')
    return (a, fromA, b, fromB, out, to, n) => {
      for (let i = 0; i < n; i++) out[to + i] = a[fromA + i] * b[fromB + i];
    };
  const format = SMALL_FLOATS[dtype];
  const numbers = smallFloatValues(format);
  return (a, fromA, b, fromB, out, to, n) => {
    for (let i = 0; i < n; i++) out[to + i] = encode(numbers[a[fromA + i]] * numbers[b[fromB + i]], format);
  };
}
