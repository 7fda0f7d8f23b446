import { native } from '../kernels/native/hook.js';
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

/** How one worker is started: from the file beside this one, or from the worker's text, where a bundler left no such file. */
type Start = (owner: Owner, text: string | undefined) => Thread;

/** How threads are started here, or undefined where there are none (or no shared memory, without which none helps). */
export async function threadStarter(): Promise<((owner: Owner) => Thread) | undefined> {
  const page = !isNode();
  if (typeof SharedArrayBuffer === 'undefined' || (page && globalThis.crossOriginIsolated === false)) {
    tellOnce('there is no shared memory (a page must be cross-origin isolated)');
    return undefined;
  }
  const start = isStub() ? undefined : page ? inBrowser() : await inNode();
  if (start === undefined) tellOnce('this runtime has no workers');
  return start && withFallback(start);
}

/** workerd with nodejs_compat has a Worker that never runs. */
const isStub = (): boolean => globalThis.navigator?.userAgent === 'Cloudflare-Workers';

let told = false;

/** Says once, on the console, why the calling thread does the work. */
export function tellOnce(reason: string): void {
  if (told) return;
  told = true;
  globalThis.console?.warn(`gelu/threads: ${reason}: the calling thread does the work, with the same results`);
}

async function inNode(): Promise<Start | undefined> {
  const Worker = (await nodeModule('worker_threads'))?.Worker;
  if (typeof Worker !== 'function') return undefined;
  return (owner, text) => {
    const workerData = { native: native.file };
    const worker =
      text === undefined
        ? new Worker(new URL('./worker.js', import.meta.url), { workerData })
        : new Worker(text, { eval: true, workerData });
    worker.on('message', (answer: Answer) => owner.answered(answer));
    worker.on('error', () => {}); // 'exit' follows
    worker.on('exit', () => owner.died());
    worker.unref(); // last: a listener for messages would keep the process alive again
    return {
      send: (part) => worker.postMessage(part),
      keepAlive: (busy) => (busy ? worker.ref() : worker.unref()),
      end: async () => {
        await worker.terminate();
      },
    };
  };
}

function inBrowser(): Start | undefined {
  if (typeof Worker === 'undefined') return undefined;
  return (owner, text) => {
    const worker =
      text === undefined
        ? new Worker(new URL('./worker.js', import.meta.url))
        : new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
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

/** Starts workers from their file; one that fails before it has answered is started again from its text. */
function withFallback(start: Start): (owner: Owner) => Thread {
  let text: string | undefined; // once it was needed, it is used at once
  return (owner) => {
    let thread: Thread | undefined;
    let sent: Part | undefined;
    let busy = false;
    let ended = false;
    let proven = text !== undefined;
    const listener: Owner = {
      answered(answer) {
        proven = true;
        sent = undefined;
        owner.answered(answer);
      },
      died() {
        if (ended || proven) return owner.died();
        proven = true;
        thread = undefined;
        void again();
      },
    };
    async function again(): Promise<void> {
      try {
        text ??= (await import('./worker.generated.js')).WORKER;
        if (ended) return;
        thread = start(listener, text);
      } catch {
        return owner.died();
      }
      thread.keepAlive(busy);
      if (sent !== undefined) thread.send(sent);
    }
    try {
      thread = start(listener, text);
    } catch {
      proven = true; // the address of this file is not known
      void again();
    }
    return {
      send(part) {
        sent = part;
        thread?.send(part);
      },
      keepAlive(wanted) {
        busy = wanted;
        thread?.keepAlive(wanted);
      },
      async end() {
        ended = true;
        await thread?.end();
      },
    };
  };
}

/** How many threads this machine can run at once. */
export async function hardwareThreads(): Promise<number> {
  if (isNode()) return (await nodeModule('os'))?.availableParallelism?.() ?? 1;
  return globalThis.navigator?.hardwareConcurrency ?? 1;
}
