import type { Activation, Bound } from '../activations/activation.js';
import { backwardTable, familyMemory, forwardTable, type Program } from '../backends/family.js';
import type { Kernel } from '../backends/target.js';
import { ROW } from './family-fit.js';
import { piecesProgram } from './family-pieces.js';
import { type FamilyTable, familyTable } from './family-table.js';

type Made = Kernel<Float32Array> | undefined;

// Two definitions of a user's may share a name, so the key alone would not do.
const kernels = new WeakMap<Activation, Map<string, Made>>();

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
    own = new Map();
    kernels.set(bound.definition, own);
  }
  const key = `${order} ${bound.key}`;
  if (!own.has(key)) own.set(key, make(bound, order));
  return own.get(key);
}

function make(bound: Bound, order: 0 | 1): Made {
  const { shape } = bound;
  if (shape.kind === 'piecewise') {
    const program = piecesProgram(shape, order);
    return program && withProgram(program);
  }
  const table = familyTable(bound, shape, order);
  return table && (withProgram(tableProgram(table)) ?? withTable(table));
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

function withProgram(program: Program): Made {
  const memory = familyMemory();
  return (
    memory && {
      forward: (x, out) => memory.forward(program, x, out),
      backward: (gradOutput, x, out) => memory.backward(program, gradOutput, x, out),
    }
  );
}

/** Without WebAssembly. */
function withTable(table: FamilyTable): Made {
  return {
    forward: (x, out) => forwardTable(table, x, out),
    backward: (gradOutput, x, out) => backwardTable(table, gradOutput, x, out),
  };
}
