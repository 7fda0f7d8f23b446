import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Interrupted } from '../../src/console/errors.js';
import { interruptible } from '../../src/console/interrupt.js';
import { RunFolder } from '../../src/run/run-folder.js';
import { train } from '../../src/training/train.js';
import { line } from './line.js';

// A program: trains in a folder that has its configuration, and sends itself a signal at a given one of its changes to files,
// which are then half done. Prints how many changes there were.

const [folder, signal, moment] = process.argv.slice(2);
let changes = 0;

/** Makes a function of `fs` count; at the moment of the signal it does `half` of its work first. */
function count(
  name: 'writeSync' | 'appendFileSync' | 'fsyncSync' | 'renameSync' | 'rmSync',
  half = (..._: never[]) => {},
) {
  const whole = fs[name] as (...args: never[]) => unknown;
  Object.assign(fs, {
    [name]: (...args: never[]) => {
      if (++changes === Number(moment)) {
        half(...args);
        process.kill(process.pid, signal);
        if (signal === 'SIGKILL') for (;;); // until it comes
      }
      return whole(...args);
    },
  });
}
const { appendFileSync, writeSync } = fs;
const killed = signal === 'SIGKILL';
count('appendFileSync', (path: string, text: string) => killed && appendFileSync(path, text.slice(0, text.length / 2)));
count('writeSync', (file: number, bytes: Uint8Array) => killed && writeSync(file, bytes, 0, bytes.length >> 1));
for (const name of ['fsyncSync', 'renameSync', 'rmSync'] as const) count(name);
syncBuiltinESMExports();

const run = new RunFolder(folder);
const { check, release } = interruptible();
try {
  await train(line(), run.read('config.json'), run, { check });
  console.log(changes);
} catch (error) {
  if (!(error instanceof Interrupted)) throw error;
  process.exitCode = 130;
}
release();
