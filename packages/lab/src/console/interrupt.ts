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

/** Ctrl-C, a polite kill, a terminal that was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let listening = 0;
let asked = false;

/** Calls `stop` for every signal that asks to stop, instead of ending the process; returns what gives them back. */
export function onStop(stop: () => void): () => void {
  const heard = (): void => {
    asked = true;
    stop();
  };
  for (const signal of SIGNALS) process.on(signal, heard);
  listening++;
  return () => {
    for (const signal of SIGNALS) process.off(signal, heard);
    if (--listening === 0) asked = false;
  };
}

/** Asks work that listens to stop, once; false if none listens. */
export function askToStop(): boolean {
  if (listening > 0 && !asked) process.emit('SIGTERM');
  return listening > 0;
}

/** Takes over the signals that ask to stop, until released. */
export function interruptible(): Interruption {
  let stopped = false;
  const release = onStop(() => {
    stopped = true;
  });
  const checkNow = (): void => {
    if (stopped) throw new Interrupted();
  };
  return {
    checkNow,
    check: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      checkNow();
    },
    release,
  };
}
