import { endWithReader } from '../../console/closed.js';
import { debugging, unexpected } from '../../console/debug.js';
import { LabError } from '../../console/errors.js';
import { interruptible } from '../../console/interrupt.js';
import { missingPackage, resolveFurther } from '../../run/packages.js';
import { STOPPED } from './scheduler.js';

/** The process of one trial: `node worker.js FOLDER`, with an IPC channel to the study. */

const REPORT_EVERY = 200; // milliseconds

endWithReader();
resolveFurther();
const interruption = interruptible();
// The study is gone (kill -9): stop as if asked to.
process.on('disconnect', () => process.emit('SIGTERM'));
let reported = 0;
try {
  const { runTrial } = await import('./trial.js');
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
  const known = error instanceof LabError ? error : missingPackage(error);
  if (!stopped) process.stderr.write(`${known?.message ?? unexpected(error, debugging)}\n`);
  process.exitCode = stopped ? STOPPED : 1;
}
interruption.release();
if (process.connected) process.disconnect();
