import { askToStop } from './interrupt.js';

/** What a write says whose reader has gone: `| head`, or a terminal that was closed. */
function isClosed(error: unknown): boolean {
  return ['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED'].includes((error as NodeJS.ErrnoException | null)?.code ?? '');
}

let closed = false;

/** Whether nobody reads any more what is printed. */
export function readerGone(): boolean {
  return closed;
}

/**
 * Ends the process quietly when the reader of its output has gone, with the exit code that it has by then. Work that can be
 * interrupted is interrupted, so that what it has is kept.
 */
export function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (!isClosed(error)) throw error;
      closed = true;
      if (!askToStop()) process.exit();
    });
  }
}
