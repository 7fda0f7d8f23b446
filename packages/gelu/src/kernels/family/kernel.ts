import type { Activation, Bound } from '../../activations/model/activation.js';
import { recent } from '../../shared/cache.js';
import type { Kernel } from '../target.js';
import { ROW } from './fit.js';
import { linesKernel } from './lines.js';
import { piecesProgram } from './pieces.js';
import { backwardTable, familyMemory, forwardTable, type Program } from './run.js';
import { type FamilyTable, familyTable } from './table.js';

type Made = Kernel<Float32Array> | undefined;

/** Kernels kept for each activation: parameters may be trained, and then are others at every step. */
const KEPT = 16;
/** Elements that JavaScript computes, row by row, before the whole table is worth making. */
const LITTLE = 16384;

// Two definitions of a user's may share a name, so the key alone would not do.
const kernels = new WeakMap<
  Activation,
  (key: string, make: () => { readonly kernel: Made }) => { readonly kernel: Made }
>();

/**
 * The float32 kernel of an activation (order 0) or its derivative (order 1), made from its definition and its shape;
 * undefined where the scalar definition shall do the work.
 *
 * Results are within 0.57 ULP (0.54 is the worst that was found), the same for both precisions and on every engine. `backward` multiplies
 * gradOutput by the derivative in float64 and rounds once. Any byte offset and shared memory; `out` may be an input.
 */
export function familyKernel(bound: Bound, order: 0 | 1): Kernel<Float32Array> | undefined {
  let own = kernels.get(bound.definition);
  if (own === undefined) {
    own = recent(KEPT);
    kernels.set(bound.definition, own);
  }
  return own(`${order} ${bound.key}`, () => ({ kernel: make(bound, order) })).kernel;
}

function make(bound: Bound, order: 0 | 1): Made {
  const { shape } = bound;
  if (shape.kind === 'piecewise') {
    const [program, memory] = [piecesProgram(shape, order), familyMemory()];
    if (!program || !memory) return linesKernel(shape, order);
    return {
      forward: (x, out) => memory.forward(program, x, out),
      backward: (gradOutput, x, out) => memory.backward(program, gradOutput, x, out),
    };
  }
  const table = familyTable(bound, shape, order);
  return table && withTable(bound, order, table, () => familyTable(bound, shape, order, true));
}

/** JavaScript while there is little to do, WebAssembly from then on, where there is any. */
function withTable(bound: Bound, order: 0 | 1, first: FamilyTable, again: () => FamilyTable | undefined): Made {
  let table: FamilyTable | undefined = first;
  let program: Program | undefined;
  let done = 0;
  const count = (n: number): void => {
    done += n;
    if (program || !table || done <= LITTLE || !familyMemory()) return;
    if (!table.complete()) table = again();
    program = table && tableProgram(table);
  };
  return {
    forward: (x, out) => {
      count(x.length);
      if (program) familyMemory()?.forward(program, x, out);
      else if (table) forwardTable(table, x, out);
      else for (let i = 0; i < x.length; i++) out[i] = bound.evaluate(order, x[i]);
    },
    backward: (gradOutput, x, out) => {
      count(x.length);
      if (program) familyMemory()?.backward(program, gradOutput, x, out);
      else if (table) backwardTable(table, gradOutput, x, out);
      else for (let i = 0; i < x.length; i++) out[i] = gradOutput[i] * bound.evaluate(order, x[i]);
    },
  };
}

function tableProgram({ map, data }: FamilyTable): Program {
  const { low, high, centre, scale, first, shift, side } = map;
  const origin = (address: number): number => (address - Math.imul(first, 8 * ROW)) | 0;
  return {
    data,
    forward: 'table',
    backward: 'tableProduct',
    arguments: (address) => [low, high, centre, scale, origin(address), shift, side],
  };
}
