/** The worker's side: does the parts it is sent, one after the other. Runs in Node and in browsers. */
import { isNode, nodeModule } from './node.js';
import { type Answer, type Part, runPart } from './protocol.js';

function answer(part: Part): Answer {
  try {
    runPart(part);
    return { done: true };
  } catch (error) {
    return { done: false, message: String(error) };
  }
}

if (isNode()) {
  const { parentPort } = await nodeModule('worker_threads');
  parentPort?.on('message', (part: Part) => parentPort.postMessage(answer(part)));
} else {
  globalThis.addEventListener('message', (event) => {
    globalThis.postMessage(answer((event as MessageEvent<Part>).data));
  });
}
