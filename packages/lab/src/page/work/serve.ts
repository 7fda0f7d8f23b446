import type { Answer, Job, Order, Port } from './types.js';

/** In a worker: waits for its order, one of these jobs, and does it. */
export function serve(jobs: Readonly<Record<string, Job>>): void {
  const self = globalThis as unknown as {
    onmessage: ((event: MessageEvent) => void) | null;
    postMessage(a: Answer): void;
  };
  self.onmessage = async ({ data }: MessageEvent<Order>) => {
    const waiting: unknown[] = [];
    let listener: ((message: unknown) => void) | undefined;
    self.onmessage = ({ data: later }) => (listener ? listener(later) : waiting.push(later));
    const port: Port = {
      post: (part) => self.postMessage({ part }),
      listen: (next) => {
        listener = next;
        for (const message of waiting.splice(0)) next(message);
      },
    };
    try {
      await jobs[data.job](data.input as never, port);
      if (!listener) self.postMessage({ end: true });
    } catch (error) {
      self.postMessage({ problem: (error as Error).message });
    }
  };
}
