import type { Compiled } from '../wasm/modules.js';

/** A kernel of one function, as any memory loads it: its code and its table. */
export interface Program {
  readonly module: Compiled;
  /** The names of its exports: out = f(x), and out = gradient · f(x). */
  readonly forward: string;
  readonly backward: string;
  /** What stands before the rows: HEADER bytes, or nothing. */
  readonly header: Uint8Array;
  readonly rows: Float64Array | Float32Array;
  /** Where rows are made when inputs need them. */
  readonly table?: RowTable | undefined;
}

/** A table whose rows are not made at once. */
export interface RowTable {
  /** Numbers in a row. */
  readonly words: number;
  /** The rows that inputs from `least` to `largest` need, as ranges [first, last]. */
  rowsOf(least: number, largest: number): readonly (readonly [number, number])[];
  /** Makes a row, if that has not been done; false if it cannot follow the function. */
  fit(row: number): boolean;
}

/** Bytes before the rows, as assembly/header.ts reads them. */
export const HEADER = 64;

/**
 * The bytes before the rows: limits of the inputs, centre and density of the index map, and the number that the kernels give
 * to the first row; what follows depends on the kernel.
 */
export function header(
  map: readonly [low: number, high: number, centre: number, density: number],
  first: number,
  ...rest: readonly number[]
): Uint8Array {
  const bytes = new Uint8Array(HEADER);
  new Float32Array(bytes.buffer).set(map);
  new Int32Array(bytes.buffer).set([first, ...rest], 4);
  return bytes;
}
