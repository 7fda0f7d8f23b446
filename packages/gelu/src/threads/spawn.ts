import { isNode, nodeModule } from '../shared/environment.js';
import type { Answer, Part } from './protocol.js';

/** A worker of either kind, Node's or the browser's. */
export interface Thread {
  send(part: Part): void;
  /** Lets the process end while the worker waits, or not; a browser's pages end regardless. */
  keepAlive(busy: boolean): void;
  end(): Promise<void>;
}

/** What a thread tells its owner. */
export interface Owner {
  answered(answer: Answer): void;
  /** The worker is gone or could not start. */
  died(): void;
}

/** How threads are started here, or undefined where there are none (or no shared memory, without which none helps). */
export async function threadStarter(): Promise<((owner: Owner) => Thread) | undefined> {
  if (typeof SharedArrayBuffer === 'undefined') return undefined;
  if (isNode()) {
    const { Worker } = await nodeModule('worker_threads');
    return (owner) => {
      const worker = new Worker(new URL('./worker.js', import.meta.url));
      worker.unref();
      worker.on('message', (answer: Answer) => owner.answered(answer));
      worker.on('error', () => {}); // 'exit' follows
      worker.on('exit', () => owner.died());
      return {
        send: (part) => worker.postMessage(part),
        keepAlive: (busy) => (busy ? worker.ref() : worker.unref()),
        end: async () => {
          await worker.terminate();
        },
      };
    };
  }
  if (typeof Worker === 'undefined' || !globalThis.crossOriginIsolated) return undefined;
  return (owner) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    worker.onmessage = (event: MessageEvent<Answer>) => owner.answered(event.data);
    worker.onerror = () => {
      worker.terminate();
      owner.died();
    };
    return {
      send: (part) => worker.postMessage(part),
      keepAlive: () => {},
      end: async () => worker.terminate(),
    };
  };
}

/** How many threads this machine can run at once. */
export async function hardwareThreads(): Promise<number> {
  if (isNode()) return (await nodeModule('os')).availableParallelism();
  return globalThis.navigator?.hardwareConcurrency ?? 1;
}
