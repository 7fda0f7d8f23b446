/** The worker's side: does the parts it is sent, one after the other. Runs in Node and in browsers. */
import '../fast.js';
import '../float64.js';
import { isNode, nodeModule } from '../shared/environment.js';
import { type Answer, findTarget, type Part, perform } from './protocol.js';

async function answer(part: Part): Promise<Answer> {
  try {
    perform(await findTarget(part.description), part);
    return { done: true };
  } catch (error) {
    return { done: false, message: String(error) };
  }
}

if (isNode()) {
  const { parentPort } = await nodeModule('worker_threads');
  parentPort?.on('message', async (part: Part) => parentPort.postMessage(await answer(part)));
} else {
  globalThis.addEventListener('message', async (event) => {
    globalThis.postMessage(await answer((event as MessageEvent<Part>).data));
  });
}
