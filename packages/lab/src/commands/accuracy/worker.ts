import { parentPort } from 'node:worker_threads';
import { type Chunk, measureChunk } from './measure.js';

/** A thread that measures the chunks it is sent, one after another. */
parentPort?.on('message', (chunk: Chunk) => parentPort?.postMessage(measureChunk(chunk)));
