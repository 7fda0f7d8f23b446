import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Called } from './cli.js';

const DRIVER = fileURLToPath(new URL('lab.mjs', import.meta.url));

/** The built command line in a process of its own, for many calls from one folder. */
export class Lab {
  readonly #process: ChildProcess;
  /** Its exit code or the signal that ended it. */
  readonly #ended: Promise<number | string>;

  constructor(folder: string) {
    const env = { ...process.env, NO_COLOR: '1', COLUMNS: '80' };
    this.#process = fork(DRIVER, { cwd: folder, env, execArgv: [], stdio: 'inherit' });
    this.#ended = once(this.#process, 'exit').then(([code, signal]) => code ?? signal);
  }

  call(...argv: string[]): Promise<Called> {
    return this.#ask({ argv });
  }

  /** Whether a call would be understood; code 2 if not. */
  check(...argv: string[]): Promise<Called> {
    return this.#ask({ argv, check: true });
  }

  #ask(message: { argv: string[]; check?: boolean }): Promise<Called> {
    const told = once(this.#process, 'message').then(([answer]) => answer as Called);
    this.#process.send(message);
    const early = this.#ended.then((end) => Promise.reject(new Error(`'${message.argv.join(' ')}' ended with ${end}`)));
    return Promise.race([told, early]);
  }

  /** Lets the process end; gives 0 if no command has left open what keeps a process from that. */
  close(): Promise<number | string> {
    this.#process.disconnect();
    return this.#ended;
  }
}
