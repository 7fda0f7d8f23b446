import { Worker } from 'node:worker_threads';
import { type Chunk, measureChunk, type Worst } from './measure.js';

/** Measures all chunks on `threads` threads, on this one if that is 0, and calls `onDone` after each. */
export async function measureAll(chunks: readonly Chunk[], threads: number, onDone: () => void): Promise<Worst[]> {
  const results: Worst[] = [];
  if (threads === 0) {
    for (const chunk of chunks) {
      results.push(...measureChunk(chunk));
      onDone();
    }
    return results;
  }
  let next = 0;
  const work = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      const send = () => {
        if (next < chunks.length) worker.postMessage(chunks[next++]);
        else resolve();
      };
      worker.on('error', reject);
      worker.on('message', (part: Worst[]) => {
        results.push(...part);
        onDone();
        send();
      });
      send();
    });
  const workers = Array.from({ length: threads }, () => new Worker(new URL('./worker.js', import.meta.url)));
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}
