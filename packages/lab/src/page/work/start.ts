import type { Answer, Order } from './types.js';

/** The page's own program, which a worker runs too: a file on a disk cannot load another one. */
const program = typeof document === 'undefined' ? undefined : document.currentScript?.textContent;
/** Where workers find the programs in this document: the page's own, or that of an element. */
const addresses = new Map<string, string>();

function addressOf(element: string): string {
  const text = element === '' ? program : document.getElementById(element)?.textContent;
  const address = addresses.get(element) ?? URL.createObjectURL(new Blob([text ?? ''], { type: 'text/javascript' }));
  addresses.set(element, address);
  return address;
}

export interface Running {
  send(message: unknown): void;
  stop(): void;
}

interface Listeners<T> {
  part(message: T): void;
  end?: () => void;
  problem(message: string): void;
}

/**
 * Starts a job in a worker of its own: a classic one, since module workers made from blobs fail on pages from a disk. Its program is
 * the page's, or the text of the element of an id.
 */
export function startJob<T>(job: string, input: unknown, { part, end, problem }: Listeners<T>, from = ''): Running {
  const worker = new Worker(addressOf(from));
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
