import { depthJob } from '../depth/job.js';
import { modelJob } from '../model/job.js';
import { raceJob, seedsJob } from '../race/job.js';
import { auditJob } from '../tail/audit-job.js';
import { tailJob } from '../tail/job.js';
import type { Answer, Job, Order, Port } from './types.js';

const JOBS: Readonly<Record<string, Job>> = {
  audit: auditJob,
  depth: depthJob,
  model: modelJob,
  race: raceJob,
  seeds: seedsJob,
  tail: tailJob,
};

/** In a worker: waits for its order and does it. */
export function serve(): void {
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
      await JOBS[data.job](data.input as never, port);
      if (!listener) self.postMessage({ end: true });
    } catch (error) {
      self.postMessage({ problem: (error as Error).message });
    }
  };
}
