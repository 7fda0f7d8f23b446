import type { Bound } from '../activations/model/activation.js';
import type { Order } from '../activations/model/order.js';
import { familyTable } from '../kernels/family/family-table.js';
import type { FamilyTable } from '../kernels/family/table.js';
import { HEADER, header } from '../kernels/memory/program.js';
import { GeluRangeError } from '../shared/errors.js';

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
  for (const thorough of [false, true]) {
    const table = familyTable(bound, order, { thorough, pair });
    if (table?.complete()) return table;
    if (pair && !table) return undefined;
  }
  return undefined;
}

/** A table as the kernel reads it. */
export function bytesOf({ map, data }: FamilyTable): Uint8Array {
  const bytes = new Uint8Array(HEADER + data.byteLength);
  bytes.set(header([map.low, map.high, map.centre, map.scale], map.first, map.shift, map.side));
  new Float64Array(bytes.buffer, HEADER).set(data);
  return bytes;
}
