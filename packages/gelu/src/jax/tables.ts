import type { Bound } from '../activations/activation.js';
import type { Order } from '../activations/gelu/forms.js';
import { GeluRangeError } from '../errors.js';
import { type FamilyTable, familyTable } from '../kernels/family-table.js';

/** Bytes before the rows, as assembly/jax.ts reads them. */
const HEADER = 64;

const tables = new Map<string, FamilyTable>();

/** The table of an activation (order 0) or a derivative; `key` names the activation. Kept: compiled programs refer to it. */
export function tableOf(key: string, bound: Bound, order: Order): FamilyTable {
  const name = `${order} ${key}`;
  let table = tables.get(name);
  if (table === undefined) {
    table = make(bound, order);
    tables.set(name, table);
  }
  return table;
}

function make(bound: Bound, order: Order): FamilyTable {
  const { shape } = bound;
  if (shape.kind !== 'piecewise')
    for (const thorough of [false, true]) {
      const table = familyTable(bound, shape, order, thorough);
      if (table?.complete()) return table;
    }
  throw new GeluRangeError('activation', 'one that a table can follow', bound.key);
}

/** A table as the kernel reads it. */
export function bytesOf({ map, data }: FamilyTable): Uint8Array {
  const bytes = new Uint8Array(HEADER + data.byteLength);
  new Float32Array(bytes.buffer).set([map.low, map.high, map.centre, map.scale]);
  new Int32Array(bytes.buffer).set([map.first, map.shift, map.side], 4);
  new Float64Array(bytes.buffer, HEADER).set(data);
  return bytes;
}
