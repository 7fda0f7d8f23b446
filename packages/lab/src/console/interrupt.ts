import { Interrupted } from './errors.js';

/** Ctrl-C as a question that work asks between its steps, so that nothing is cut in the middle. */
export interface Interruption {
  /** Lets pending signals in. @throws Interrupted if the user asked to stop. */
  check(): Promise<void>;
  /** The same for places that cannot wait. */
  checkNow(): void;
  /** Gives the signals back. */
  release(): void;
}

/** Takes over SIGINT and SIGTERM until released. */
export function interruptible(): Interruption {
  let asked = false;
  const ask = (): void => {
    asked = true;
  };
  process.on('SIGINT', ask).on('SIGTERM', ask);
  const checkNow = (): void => {
    if (asked) throw new Interrupted();
  };
  return {
    checkNow,
    check: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      checkNow();
    },
    release: () => void process.off('SIGINT', ask).off('SIGTERM', ask),
  };
}
