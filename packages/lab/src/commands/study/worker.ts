import { endWithReader } from '../../console/closed.js';
import { debugging, unexpected } from '../../console/debug.js';
import { LabError } from '../../console/errors.js';
import { interruptible } from '../../console/interrupt.js';
import { STOPPED } from './scheduler.js';
import { runTrial } from './trial.js';

/** The process of one trial: `node worker.js FOLDER`, with an IPC channel to the study. */

const REPORT_EVERY = 200; // milliseconds

endWithReader();
const interruption = interruptible();
// The study is gone (kill -9): stop as if asked to.
process.on('disconnect', () => process.emit('SIGTERM'));
let reported = 0;
try {
  await runTrial(process.argv[2], {
    check: interruption.check,
    onProgress: (fraction) => {
      if (Date.now() - reported < REPORT_EVERY && fraction < 1) return;
      reported = Date.now();
      if (process.connected) process.send?.({ fraction });
    },
  });
  process.exitCode = 0;
} catch (error) {
  const stopped = error instanceof Error && error.name === 'Interrupted';
  if (!stopped) process.stderr.write(`${error instanceof LabError ? error.message : unexpected(error, debugging)}\n`);
  process.exitCode = stopped ? STOPPED : 1;
}
interruption.release();
if (process.connected) process.disconnect();
