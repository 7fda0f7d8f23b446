import { arrayLike } from '../../input/arrays.js';
import { type ArrayCall, backward, forward } from '../../kernels/dispatch.js';
import type { Target } from '../../kernels/target.js';
import { blockSize, forEachBlock } from './blocks.js';

export type FloatArray = Float32Array | Float64Array;

/** A gated unit on an array [rows, 2n]: which function the gate goes through and where it stands. */
export interface Unit {
  readonly target: Target;
  readonly call: ArrayCall;
  readonly rows: number;
  /** n. */
  readonly columns: number;
  /** Where value and gate begin in a row: 0 and n, or n and 0. */
  readonly value: number;
  readonly gate: number;
}

/** out = value · act(gate). */
export function gatedForward(unit: Unit, x: FloatArray, out: FloatArray): void {
  const { target, call, rows, columns: n, value, gate } = unit;
  const buffer = arrayLike(x, blockSize(rows, n));
  forEachBlock(rows, n, ({ row, rows, column, width }) => {
    const acted = buffer.subarray(0, rows * width);
    gather(x, 2 * n * row + gate + column, 2 * n, acted, width);
    forward(target, 0, acted, acted, call);
    for (let r = 0; r < rows; r++) {
      const at = 2 * n * (row + r) + value + column;
      multiply(x, at, acted, r * width, out, n * (row + r) + column, width);
    }
  });
}

/** The gradients of value, gradOutput·act(gate), and of gate, (gradOutput·value)·act'(gate), in the places of those in x. */
export function gatedBackward(unit: Unit, gradOutput: FloatArray, x: FloatArray, out: FloatArray): void {
  const { target, call, rows, columns: n, value, gate } = unit;
  const size = blockSize(rows, n);
  const [gates, products, acts] = [arrayLike(x, size), arrayLike(x, size), arrayLike(x, size)];
  forEachBlock(rows, n, ({ row, rows, column, width }) => {
    const [inputs, gradients, acted] = [gates, products, acts].map((a) => a.subarray(0, rows * width));
    gather(x, 2 * n * row + gate + column, 2 * n, inputs, width);
    forward(target, 0, inputs, acted, call);
    for (let r = 0; r < rows; r++) {
      const at = 2 * n * (row + r) + value + column;
      const from = n * (row + r) + column;
      multiply(gradOutput, from, x, at, gradients, r * width, width);
      multiply(gradOutput, from, acted, r * width, out, at, width);
    }
    backward(target, gradients, inputs, gradients, call);
    for (let r = 0; r < rows; r++) copy(gradients, r * width, out, 2 * n * (row + r) + gate + column, width);
  });
}

/** Elements from `start` on, in rows of `width` that are `stride` apart, one after the other. */
function gather(x: FloatArray, start: number, stride: number, out: FloatArray, width: number): void {
  for (let k = 0, from = start; k < out.length; k += width, from += stride) copy(x, from, out, k, width);
}

function copy(x: FloatArray, from: number, out: FloatArray, to: number, n: number): void {
  if (n >= 32) out.set(x.subarray(from, from + n), to);
  else for (let i = 0; i < n; i++) out[to + i] = x[from + i];
}

/** n elements of out, from `to` on, = those of a · those of b. */
function multiply(
  a: FloatArray,
  fromA: number,
  b: FloatArray,
  fromB: number,
  out: FloatArray,
  to: number,
  n: number,
): void {
  for (let i = 0; i < n; i++) out[to + i] = a[fromA + i] * b[fromB + i];
}
