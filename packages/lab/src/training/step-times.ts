import { median } from '../numbers/statistics.js';

/** The first steps of a process compile, and do not count. */
export const COMPILING = 3;

/** A machine that has become slower meanwhile ends a training at this multiple of the time allowed. */
export const OVERRUN = 1.2;

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
