import type { Bound } from '../activations/model/activation.js';
import type { Order } from '../activations/model/order.js';
import { familyTable } from '../kernels/family/family-table.js';
import { ROW } from '../kernels/family/fit.js';
import { evaluateSlope, type FamilyTable } from '../kernels/family/table.js';
import { HEADER, header } from '../kernels/memory/program.js';
import { GeluRangeError } from '../shared/errors.js';

const tables = new Map<string, FamilyTable>();

/** The table of an activation (order 0) or a derivative; `key` names the activation. Kept: compiled programs refer to it. */
export function tableOf(key: string, bound: Bound, order: Order): FamilyTable {
  const name = `${order} ${key}`;
  let table = tables.get(name);
  if (table === undefined) {
    table = complete(bound, order, false);
    if (table === undefined) {
      if (order < 2) throw refused(bound);
      table = differentiated(tableOf(key, bound, 1)); // less accurate, by a few digits
    }
    tables.set(name, table);
  }
  return table;
}

/** Names the parameter that is farthest from its default. */
function refused({ definition, parameters, key }: Bound): GeluRangeError {
  const sizes = Object.entries(parameters).flatMap(([name, value]) => {
    const { default: usual } = definition.parameters[name];
    if (typeof value !== 'number' || typeof usual !== 'number') return [];
    return [{ name, value, far: Math.abs(Math.log2(Math.abs(value) || 1) - Math.log2(Math.abs(usual) || 1)) }];
  });
  const [worst] = sizes.sort((a, b) => b.far - a.far);
  const expected = `a value with which a table can follow ${definition.name} in gelu/jax`;
  return new GeluRangeError(worst?.name ?? 'activation', expected, worst ? `${worst.value}, in ${key}` : key);
}

/** The rows' derivatives. */
function differentiated(table: FamilyTable): FamilyTable {
  const data = table.data.map((_, i, all) =>
    i % ROW === 0 ? all[i] : i % ROW === ROW - 1 ? 0 : (i % ROW) * all[i + 1],
  );
  return { ...table, data };
}

/** A table whose rows give the derivative too; undefined where that would not be accurate. */
export function pairTable(bound: Bound): FamilyTable | undefined {
  const table = complete(bound, 0, true);
  // A curve that is narrower than float32 there may have been missed.
  const centres = Object.values(bound.parameters).filter((value): value is number => Number.isFinite(value));
  return table && [...centres, 0].map(Math.fround).every((x) => slopeFollows(table, bound, x)) ? table : undefined;
}

function slopeFollows({ map, data }: FamilyTable, { evaluate }: Bound, x: number): boolean {
  const [found, exact] = [evaluateSlope(data, map.locate(x), x), evaluate(1, x)];
  return Math.abs(found - exact) <= 2 ** -20 * Math.max(Math.abs(exact), 2 ** -100) || Math.abs(exact) > 2 ** 127;
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
