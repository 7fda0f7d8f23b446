import { type Cell, SAMPLE } from './cell.js';
import { boundOf, type FunctionName } from './functions.js';

/** How the results of an activation change when a model moves from a runtime to another. */
export interface Ported {
  function: FunctionName;
  /** The largest difference, of results above 1 as a part of them. */
  apart: number;
  at: number;
  before: number;
  after: number;
  /** The input nearest to 0 from which on results differ by more than 1 %; null: none. */
  from: number | null;
  /** The activation is missing, or fails, in the other. */
  missing: boolean;
}

/** The results of the definition, for 'from PyTorch': what its documentation says a model computes. */
export function exactCells(names: readonly FunctionName[]): Pick<Cell, 'function' | 'sample'>[] {
  return names.map((name) => {
    const { evaluate } = boundOf(name);
    return { function: name, sample: SAMPLE.map((x) => evaluate(0, x)) };
  });
}

/** Compares what two runtimes gave at the same inputs. */
export function ported(before: readonly Pick<Cell, 'function' | 'sample'>[], after: readonly Cell[]): Ported[] {
  return before.flatMap(({ function: name, sample }) => {
    const other = after.find((cell) => cell.function === name)?.sample ?? [];
    if (sample.length === 0) return [];
    const none: Ported = {
      function: name,
      apart: 0,
      at: 0,
      before: 0,
      after: 0,
      from: null,
      missing: other.length === 0,
    };
    if (none.missing) return [none];
    return [SAMPLE.reduce((found, x, i) => compared(found, x, sample[i], other[i]), none)];
  });
}

const PERCENT = 0.01;
/** Results below this are 0 to a model in float16 and to most in float32. */
const TINY = 2 ** -24;

function compared(found: Ported, x: number, before: number, after: number): Ported {
  const distance = before === after ? 0 : Math.abs(before - after);
  const size = Math.max(Math.abs(before), Math.abs(after));
  const apart = Number.isNaN(distance) ? Infinity : distance / Math.max(1, Math.abs(before));
  const worse = apart > found.apart ? { apart, at: x, before, after } : {};
  const differs = !(distance <= PERCENT * size) && !(distance < TINY ** 4);
  const nearer = differs && (found.from === null || Math.abs(x) < Math.abs(found.from));
  return { ...found, ...worse, ...(nearer && { from: x }) };
}
