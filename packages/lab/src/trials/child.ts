import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DEBUG, debugging } from '../console/debug.js';
import { SECRETS } from '../console/secrets.js';

/** Beside the code that runs; the tests run the sources, with the built process. */
const PROCESS = fileURLToPath(new URL('../../dist/trials/process.js', import.meta.url));

/** What names the seconds between a trial's checkpoints, for its process. */
export const CHECKPOINT_SECONDS = 'GELU_LAB_CHECKPOINT_SECONDS';

/** Exit code of a trial that was asked to stop and has written its checkpoint. */
export const STOPPED = 130;

/**
 * Starts the process of the trial in a folder, with an IPC channel on which it tells `{ fraction }`, and its error stream
 * piped; it ends with 0 when the trial is done. It is not told what only this process needs to know.
 */
export function startTrial(folder: string, checkpointSeconds?: number): ChildProcess {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const name of SECRETS) delete env[name];
  if (checkpointSeconds !== undefined) env[CHECKPOINT_SECONDS] = String(checkpointSeconds);
  return fork(PROCESS, [folder, ...(debugging ? [DEBUG] : [])], { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
}

/** The last lines of a process's errors that are kept for the report. */
const KEPT = 2000;

/** How a trial's process ends: null as it should, else what went wrong, in a sentence. */
export async function ended(child: ChildProcess): Promise<string | null> {
  let errors = '';
  child.stderr?.on('data', (text: Buffer) => {
    errors = (errors + String(text)).slice(-KEPT);
  });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(`its process cannot be started: ${error.message}`));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(null);
      else if (signal !== null) resolve(`its process was ended by ${signal}`);
      else resolve(errors.trim() || `its process ended with code ${code}`);
    });
  });
}
