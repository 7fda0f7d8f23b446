import { header, type Program } from '../memory/program.js';
import { run } from '../memory/stage.js';
import type { Kernel } from '../target.js';
import { tableModule } from '../wasm/modules.js';
import { ROW } from './fit.js';
import { evaluateRow, type FamilyTable, type Wanted } from './table.js';

/** Elements that JavaScript computes, row by row, before a module is worth compiling. */
const LITTLE = 16384;

/** A kernel from the tables that `make` makes; undefined if no table can follow the function. */
export function tableKernel(
  make: (wanted?: Wanted) => FamilyTable | undefined,
  definition: (x: number) => number,
): Kernel<Float32Array> | undefined {
  const table = make();
  return table && new TableKernel(table, () => make({ thorough: true }), definition);
}

/** JavaScript while there is little to do, or no WebAssembly; the same operations, so the same bits. */
class TableKernel implements Kernel<Float32Array> {
  #table: FamilyTable | undefined;
  #program: Program | undefined;
  /** A table of which every row is tried, for when one of this turns out not to follow the function. */
  #again: (() => FamilyTable | undefined) | undefined;
  readonly #definition: (x: number) => number;
  #done = 0;

  constructor(table: FamilyTable, again: () => FamilyTable | undefined, definition: (x: number) => number) {
    this.#table = table;
    this.#again = again;
    this.#definition = definition;
  }

  forward(x: Float32Array, out: Float32Array): void {
    this.#apply(x, out, undefined);
  }

  backward(gradOutput: Float32Array, x: Float32Array, out: Float32Array): void {
    this.#apply(x, out, gradOutput);
  }

  program(): Program | undefined {
    if (this.#program === undefined && this.#table && tableModule().module) this.#program = tableProgram(this.#table);
    return this.#program;
  }

  #apply(x: Float32Array, out: Float32Array, gradOutput: Float32Array | undefined): void {
    if (this.#done <= LITTLE) this.#done += x.length;
    for (let i = 0; i < x.length; ) {
      const program = this.#done > LITTLE ? this.program() : undefined;
      i = program ? runFrom(i, program, x, out, gradOutput) : this.#inJavaScript(i, x, out, gradOutput);
      if (i < x.length) this.#refine();
    }
  }

  /** From element i on; returns as `run` does. */
  #inJavaScript(i: number, x: Float32Array, out: Float32Array, gradOutput: Float32Array | undefined): number {
    const table = this.#table;
    for (; i < x.length; i++) {
      let y: number;
      if (table === undefined) y = this.#definition(x[i]);
      else {
        const row = table.map.locate(x[i]);
        if (!table.fit(row)) return i;
        y = evaluateRow(table.data, row, x[i]);
      }
      out[i] = gradOutput ? gradOutput[i] * y : y;
    }
    return i;
  }

  /** The next better table, or none: then the definition does the work. */
  #refine(): void {
    this.#table = this.#again?.();
    this.#again = undefined;
    this.#program = undefined;
  }
}

function runFrom(
  i: number,
  program: Program,
  x: Float32Array,
  out: Float32Array,
  gradOutput: Float32Array | undefined,
): number {
  if (i === 0) return run(program, x, out, gradOutput);
  return i + run(program, x.subarray(i), out.subarray(i), gradOutput?.subarray(i));
}

function tableProgram({ map, data, fit }: FamilyTable): Program {
  const { low, high, centre, scale, first, shift, side } = map;
  return {
    module: tableModule,
    forward: 'forward',
    backward: 'product',
    header: header([low, high, centre, scale], first, shift, side),
    rows: data,
    table: { words: ROW, rowsOf: (least, largest) => map.rowsOf(least, largest), fit },
  };
}
