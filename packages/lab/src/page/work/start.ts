import type { Answer, Order } from './types.js';

/** The page's own program, which a worker runs too: a file on a disk cannot load another one. */
const program = typeof document === 'undefined' ? undefined : document.currentScript?.textContent;
let address: string | undefined;

export interface Running {
  send(message: unknown): void;
  stop(): void;
}

interface Listeners<T> {
  part(message: T): void;
  end?: () => void;
  problem(message: string): void;
}

/** Starts a job in a worker of its own: a classic one, since module workers made from blobs fail on pages from a disk. */
export function startJob<T>(job: string, input: unknown, { part, end, problem }: Listeners<T>): Running {
  address ??= URL.createObjectURL(new Blob([program ?? ''], { type: 'text/javascript' }));
  const worker = new Worker(address);
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    if ('part' in data) part(data.part as T);
    else {
      worker.terminate();
      if ('problem' in data) problem(data.problem);
      else end?.();
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    worker.terminate();
    problem(event.message || 'the worker failed');
  };
  worker.postMessage({ job, input } satisfies Order);
  return { send: (message) => worker.postMessage(message), stop: () => worker.terminate() };
}
