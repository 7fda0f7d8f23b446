import { median } from '../numbers/statistics.js';

/** The first steps of a process compile, and do not count. */
export const COMPILING = 3;

/** A machine that has become slower meanwhile ends a training at this multiple of the time allowed. */
export const OVERRUN = 1.2;

/** Of so many steps in a row the fastest counts: the others met other data in the caches, or another program. */
const ROW = 3;

/** What the fastest of some steps took, one after the other as in training; `step` does one and tells its time. */
export async function fastestOfRow(step: () => Promise<number>): Promise<number> {
  let fastest = Infinity;
  for (let k = 0; k < ROW; k++) fastest = Math.min(fastest, await step());
  return fastest;
}

/** How long the steps of a training took, in milliseconds. */
export class StepTimes {
  readonly #ms: number[] = [];

  get count(): number {
    return this.#ms.length;
  }

  /** Of the last step. */
  get last(): number {
    return this.#ms[this.#ms.length - 1];
  }

  /** Over the steps that count; NaN without any. */
  get median(): number {
    return median(this.#ms.slice(COMPILING));
  }

  /** Does a step, and takes its time. */
  async time<T>(step: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await step();
    this.#ms.push(performance.now() - start);
    return result;
  }
}
