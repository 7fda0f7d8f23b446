import { native } from '../kernels/native/hook.js';
import { requireWhole, slice, standsInShared, type Whole } from './parts.js';
import { perform } from './protocol.js';

/** Elements in a piece, for which the calling thread is busy: a millisecond or two. */
const PIECE: number = 1 << 20;

/**
 * Whether native kernels can share the work out among threads of their own, within calls of this thread: then arrays in ordinary
 * memory need no copies, and no thread touches them between the calls.
 */
export function goesNative(whole: Whole): boolean {
  const { target, pass, call } = whole;
  if (native.run === undefined || pass === 2 || call.dtype !== 'float32' || standsInShared(whole)) return false;
  return target.float32(pass === 'backward' ? 1 : pass)?.program?.(call.precision) !== undefined;
}

/** Does the work piece by piece; in between the program goes on. `check` throws if it shall end. */
export async function inPieces(whole: Whole, threads: number, check: () => void): Promise<void> {
  for (let start = 0; start < whole.length; start += PIECE) {
    if (start > 0) await new Promise((resolve) => setImmediate(resolve));
    check();
    requireWhole(whole);
    native.threads = threads;
    try {
      perform(whole.target, slice(whole, start, Math.min(start + PIECE, whole.length)));
    } finally {
      native.threads = 1;
    }
  }
}
