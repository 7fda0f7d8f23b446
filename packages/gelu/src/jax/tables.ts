import type { Bound } from '../activations/model/activation.js';
import type { Order } from '../activations/model/order.js';
import { type FamilyTable, familyTable } from '../kernels/family/table.js';
import { GeluRangeError } from '../shared/errors.js';

/** Bytes before the rows, as assembly/jax.ts reads them. */
const HEADER = 64;

const tables = new Map<string, FamilyTable>();

/** The table of an activation (order 0) or a derivative; `key` names the activation. Kept: compiled programs refer to it. */
export function tableOf(key: string, bound: Bound, order: Order): FamilyTable {
  const name = `${order} ${key}`;
  let table = tables.get(name);
  if (table === undefined) {
    table = complete(bound, order, false);
    if (table === undefined) throw new GeluRangeError('activation', 'one that a table can follow', bound.key);
    tables.set(name, table);
  }
  return table;
}

/** A table whose rows give the derivative too; undefined where that would not be accurate. */
export function pairTable(bound: Bound): FamilyTable | undefined {
  return complete(bound, 0, true);
}

function complete(bound: Bound, order: Order, pair: boolean): FamilyTable | undefined {
  const { shape } = bound;
  if (shape.kind !== 'piecewise')
    for (const thorough of [false, true]) {
      const table = familyTable(bound, shape, order, thorough, pair);
      if (table?.complete()) return table;
      if (pair && !table) return undefined;
    }
  return undefined;
}

/** A table as the kernel reads it. */
export function bytesOf({ map, data }: FamilyTable): Uint8Array {
  const bytes = new Uint8Array(HEADER + data.byteLength);
  new Float32Array(bytes.buffer).set([map.low, map.high, map.centre, map.scale]);
  new Int32Array(bytes.buffer).set([map.first, map.shift, map.side], 4);
  new Float64Array(bytes.buffer, HEADER).set(data);
  return bytes;
}
