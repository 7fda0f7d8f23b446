import { endWithReader } from '../console/closed.js';
import { debugging, unexpected } from '../console/debug.js';
import { LabError } from '../console/errors.js';
import { interruptible } from '../console/interrupt.js';
import { missingPackage, resolveFurther } from '../run/packages.js';
import { CHECKPOINT_SECONDS, STOPPED } from './child.js';

/** The process of one trial: `node process.js FOLDER`, with an IPC channel to the study. */

const REPORT_EVERY = 200; // milliseconds

endWithReader();
resolveFurther();
const interruption = interruptible();
// The study is gone (kill -9): stop as if asked to.
process.on('disconnect', () => process.emit('SIGTERM'));
let reported = Number.NEGATIVE_INFINITY;
try {
  const { runTrial } = await import('./trial.js');
  const { [CHECKPOINT_SECONDS]: seconds } = process.env;
  const hooks = {
    check: interruption.check,
    onProgress: (fraction: number): void => {
      if (performance.now() - reported < REPORT_EVERY && fraction < 1) return;
      reported = performance.now();
      if (process.connected) process.send?.({ fraction });
    },
  };
  await runTrial(process.argv[2], hooks, seconds === undefined ? undefined : Number(seconds));
  process.exitCode = 0;
} catch (error) {
  const stopped = error instanceof Error && error.name === 'Interrupted';
  const known = error instanceof LabError ? error : missingPackage(error);
  if (!stopped) process.stderr.write(`${known?.message ?? unexpected(error, debugging)}\n`);
  process.exitCode = stopped ? STOPPED : 1;
}
interruption.release();
if (process.connected) process.disconnect();
