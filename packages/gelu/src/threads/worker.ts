/** The worker's side: does the parts it is sent, one after the other. Runs in Node and in browsers, as a script or a module. */
import '../fast.js';
import '../float64.js';
import { installFile } from '../kernels/native/install.js';
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

async function listenInNode(): Promise<void> {
  const threads = await nodeModule('worker_threads');
  installFile(threads?.workerData?.native);
  const port = threads?.parentPort;
  port?.on('message', async (part: Part) => port.postMessage(await answer(part)));
}

// A browser's messages are lost unless somebody listens when the script has run.
if (typeof globalThis.postMessage === 'function' && typeof globalThis.addEventListener === 'function' && !isNode()) {
  globalThis.addEventListener('message', async (event) => {
    globalThis.postMessage(await answer((event as MessageEvent<Part>).data));
  });
} else {
  void listenInNode();
}
