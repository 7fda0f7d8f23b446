import type { Activation, Bound } from '../activations/activation.js';
import { backwardTable, familyMemory, forwardTable, type Program } from '../backends/family.js';
import type { Kernel } from '../backends/target.js';
import { recent } from '../numerics/lazy.js';
import { ROW } from './family-fit.js';
import { piecesProgram } from './family-pieces.js';
import { type FamilyTable, familyTable } from './family-table.js';

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
 * Results are within 0.51 ULP, the same for both precisions, for every length and on every engine. `backward` multiplies
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
    return (
      program &&
      memory && {
        forward: (x, out) => memory.forward(program, x, out),
        backward: (gradOutput, x, out) => memory.backward(program, gradOutput, x, out),
      }
    );
  }
  const table = familyTable(bound, shape, order);
  return table && withTable(table, () => familyTable(bound, shape, order, true));
}

/** JavaScript while there is little to do, WebAssembly from then on, where there is any. */
function withTable(first: FamilyTable, again: () => FamilyTable | undefined): Made {
  let table = first;
  let program: Program | undefined;
  let done = 0;
  const programFor = (n: number): Program | undefined => {
    done += n;
    if (program === undefined && done > LITTLE && familyMemory()) {
      if (!table.complete()) table = again() ?? table;
      program = tableProgram(table);
    }
    return program;
  };
  return {
    forward: (x, out) => {
      const ready = programFor(x.length);
      if (ready) familyMemory()?.forward(ready, x, out);
      else forwardTable(table, x, out);
    },
    backward: (gradOutput, x, out) => {
      const ready = programFor(x.length);
      if (ready) familyMemory()?.backward(ready, gradOutput, x, out);
      else backwardTable(table, gradOutput, x, out);
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
