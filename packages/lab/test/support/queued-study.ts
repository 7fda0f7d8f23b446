import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Results } from '../../src/studies/results.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** The built command line in a process of its own, and what it says. */
export interface Program {
  child: ChildProcess;
  said(): string;
}

/** Starts it; it ends with the test at the latest. `clock`: how far its clock is off, in milliseconds; `most`: the longest file, in KiB. */
export function program(
  args: readonly string[],
  { clock = 0, most = '' }: { clock?: number; most?: string } = {},
): Program {
  const wrong = `const now=Date.now,D=Date;globalThis.Date=class extends D{constructor(...a){a.length?super(...a):super(now()+${clock})}static now(){return now()+${clock}}}`;
  const env = {
    ...process.env,
    ...(clock ? { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(wrong)}` } : {}),
  };
  const node = [process.execPath, CLI, ...args];
  // A file that grows beyond the limit is refused by the system, as on a full disk.
  const [command, ...rest] = most === '' ? node : ['bash', '-c', `ulimit -f ${most}; exec "$@"`, 'bash', ...node];
  const child = spawn(command, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => {
      text += String(bytes);
    });
  onTestFinished(() => {
    child.kill('SIGCONT');
    child.kill('SIGTERM');
  });
  return { child, said: () => text };
}

/** Results but for times and where they were measured. */
export function timeless({ environment: _, config, ...results }: Results): unknown {
  const { probe: __, ...rest } = config;
  return JSON.parse(JSON.stringify({ ...results, config: rest }, (key, value) => (key === 'msPerStep' ? 0 : value)));
}
