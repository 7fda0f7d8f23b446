import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server, type Socket, connect as socketTo } from 'node:net';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { findRedis } from '../../../../scripts/redis.mjs';
import { temporaryFolder } from '../../../../test/support/folder.js';

/** Without a server the tests of the queue are left out; `scripts/redis.mjs` has said so, and failed in CI. */
export const noRedis: boolean = findRedis() === undefined && process.env.CI === undefined;

/**
 * A server for the tests of a file or a group, to be called where they are described; it ends with them. `args` are options
 * of the server, as `--requirepass`; with `tls` its port is one of TLS.
 */
export function redisServer(args: readonly string[] = [], tls = false): RedisServer {
  const server = new RedisServer(temporaryFolder('redis'), args, tls);
  beforeAll(() => server.start());
  afterAll(() => server.kill());
  return server;
}

/** A server of Redis or Valkey with an append-only file, on a free port of the loopback. */
export class RedisServer {
  port = 0;
  readonly #args: readonly string[];
  readonly #folder: string;
  #process: ChildProcess | undefined;

  readonly #tls: boolean;

  constructor(folder: string, args: readonly string[], tls: boolean) {
    this.#tls = tls;
    this.#folder = folder;
    this.#args = args;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it, again with what its log holds. */
  async start(): Promise<void> {
    this.port ||= await freePort();
    const port = this.#tls ? ['--port', '0', '--tls-port', String(this.port)] : ['--port', String(this.port)];
    const args = [...port, '--bind', '127.0.0.1', '--dir', this.#folder, '--save', ''];
    this.#process = spawn(findRedis()!, [...args, '--appendonly', 'yes', '--appendfsync', 'always', ...this.#args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((resolve, reject) => {
      this.#process!.stdout!.on('data', (text: Buffer) => {
        if (/ready to accept connections/i.test(String(text))) resolve();
      });
      this.#process!.on('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
  }

  /** As a failure of the machine would. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }
}

/** Passes on what comes, until it is told not to: a network that is cut without a word to either side. */
export class Cable {
  readonly #server: Server;
  readonly #pairs: [Socket, Socket][] = [];
  #cut = false;

  private constructor(to: number) {
    this.#server = createServer((near) => {
      const far = socketTo(to, '127.0.0.1');
      this.#pairs.push([near, far]);
      for (const [from, into] of [
        [near, far],
        [far, near],
      ]) {
        from.on('data', (bytes) => {
          if (!this.#cut) into.write(bytes);
        });
        from.on('close', () => into.destroy());
        from.on('error', () => {});
      }
    });
  }

  static async to(port: number): Promise<Cable> {
    const cable = new Cable(port);
    cable.#server.listen(0, '127.0.0.1');
    await once(cable.#server, 'listening');
    onTestFinished(() => {
      cable.mend();
      cable.#server.close();
    });
    return cable;
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port;
  }

  /** What is sent from now on is lost. */
  cut(): void {
    this.#cut = true;
  }

  /** New connections get through; those that were cut have lost what was sent and are ended. */
  mend(): void {
    this.#cut = false;
    for (const [near, far] of this.#pairs.splice(0)) {
      near.destroy();
      far.destroy();
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until something is so. @throws Error naming it, if it is not so within a while. */
export async function until(what: string, is: () => boolean | Promise<boolean>, seconds = 120): Promise<void> {
  const end = performance.now() + 1000 * seconds;
  while (!(await is())) {
    if (performance.now() > end) throw new Error(`waited ${seconds} s in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
