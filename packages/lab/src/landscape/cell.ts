import { type Found, foundOf } from './errors.js';
import { type Format, numbersOf } from './format.js';
import type { FunctionName } from './functions.js';
import { type Placement, placementOf } from './placement.js';
import { type Recognised, recognised } from './recognise.js';
import { type Reference, referenceOf } from './reference.js';
import { type Speed, speedOf } from './speed.js';
import { ORDERS, type Order, type Target } from './target.js';

/** A function of a target, as it was measured. */
export interface Cell {
  target: string;
  title: string;
  versions: Readonly<Record<string, string>>;
  format: Format;
  function: FunctionName;
  /** How it is called there. */
  call: string;
  /** By order; why a derivative could not be had; null where the target gives none. */
  found: (Found | { failed: string } | null)[];
  computes: Recognised | null;
  /** null: every number has one result. */
  placement: Placement | null;
  speed: Speed | null;
  /** The results at SAMPLE, by which runtimes are compared with each other. */
  sample: number[];
}

/** Inputs that every format has. */
export const SAMPLE: readonly number[] = [
  ...Array.from({ length: 57 }, (_, i) => i / 2 - 18),
  ...[-100, -64, -32, -24, 16, 24, 32, 64, 90, 100],
  ...[-(2 ** -10), 2 ** -10, -(2 ** -14), 2 ** -14],
].sort((a, b) => a - b);

/** How much is measured. */
export interface Depth {
  /** About a quarter of the inputs. */
  points: number;
  quick: boolean;
  /** 0: no times. */
  rounds: number;
}

export const QUICK: Depth = { points: 1024, quick: true, rounds: 5 };
export const WHOLE: Depth = { points: 4096, quick: false, rounds: 21 };

/** Measures a function of a target. `references` keeps what is worked out for it, for the next target. */
export async function measureCell(
  id: string,
  target: Target,
  name: FunctionName,
  depth: Depth,
  references: Map<string, Reference> = new Map(),
): Promise<Cell> {
  const { title, versions, format, calls, orders, timed = true } = target;
  const key = `${name} ${format} ${depth.points}`;
  const reference = references.get(key) ?? referenceOf(name, format, depth.points);
  references.set(key, reference);
  const { points, specials, kinks } = reference;
  const x = numbersOf(format, [...points, ...specials, ...kinks]);
  const found: Cell['found'] = [];
  let computes: Recognised | null = null;
  for (const order of ORDERS) {
    if (order > orders) {
      found.push(null);
      continue;
    }
    try {
      const y = await target.evaluate(name, x.slice(), order as Order);
      if (y.length !== x.length) throw new Error(`${x.length} inputs gave ${y.length} results`);
      found.push(foundOf(reference, order, y));
      if (order === 0) computes = recognised(name, reference, y);
    } catch (error) {
      found.push({ failed: String((error as Error).message ?? error).split('\n')[0] });
    }
  }
  const works = found[0] !== null && !('failed' in found[0]);
  /** What a function that works fails at, for lack of memory or time, is not known. */
  const further = async <T>(measure: () => Promise<T>): Promise<T | null> =>
    works ? await measure().catch(() => null) : null;
  const sample = (await further(() => target.evaluate(name, numbersOf(format, SAMPLE), 0))) ?? [];
  return {
    target: id,
    title,
    versions,
    format,
    function: name,
    call: calls[name] ?? '',
    found,
    computes,
    placement: await further(() => placementOf(target, name, depth.quick || !timed)),
    sample: Array.from(sample, (y) => (format === 'float64' ? Number(y.toPrecision(12)) : y)),
    speed: timed && depth.rounds > 0 ? await further(() => speedOf(target, name, depth.rounds)) : null,
  };
}

/** Cells by their targets, in the order in which these come. */
export function byTarget(cells: readonly Cell[]): [target: string, own: Cell[]][] {
  const targets = [...new Set(cells.map(({ target }) => target))];
  return targets.map((id) => [id, cells.filter(({ target }) => target === id)]);
}
