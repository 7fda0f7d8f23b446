import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { LabError } from '../../console/errors.js';
import { packageFolder } from '../../run/packages.js';
import type { Loader } from '../target.js';
import { textbookCalls } from './textbook.js';

/** An engine that npm has: where its program is, and what installs it. */
interface Engine {
  readonly title: string;
  readonly packages: readonly string[];
  readonly program: string;
  readonly args: readonly string[];
  readonly install: string;
}

const platform = `${process.platform}-${process.arch}`;
const node = (major: number): Engine => ({
  title: `Node ${major}`,
  packages: [`node${major}`],
  program: join('bin', 'node'),
  args: [],
  install: `node${major}@npm:node-${platform}@${major}`,
});
const ENGINES: Readonly<Record<'node22' | 'node24' | 'node26' | 'bun' | 'deno', Engine>> = {
  node22: node(22),
  node24: node(24),
  node26: node(26),
  bun: { title: 'Bun', packages: [`@oven/bun-${platform}`], program: join('bin', 'bun'), args: [], install: 'bun@1' },
  deno: {
    title: 'Deno',
    packages: [`@deno/${platform}-glibc`, `@deno/${platform}`],
    program: 'deno',
    args: ['run', '-A'],
    install: 'deno@2',
  },
};

/** The formulas of the textbook with the `Math` of another engine, installed as a package. */
export const load =
  (name: keyof typeof ENGINES): Loader =>
  async () => {
    const { title, packages, program, args, install } = ENGINES[name];
    const path = packages
      .map((name) => join(packageFolder(name) ?? '', program))
      .find((file) => file !== program && existsSync(file));
    if (path === undefined) throw new LabError(`needs ${title}, which is not installed. Here: npm install ${install}`);
    const child = spawn(path, [...args, fileURLToPath(new URL('../engine-child.js', import.meta.url))], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    const answer = async <T>(): Promise<T> => {
      const { value, done } = await Promise.race([lines.next(), failed]);
      if (done) throw new LabError(`${title} ended without an answer`);
      return JSON.parse(value) as T;
    };
    const versions = await answer<Record<string, string>>();
    return {
      title: `JavaScript, Math of ${title}`,
      versions,
      format: 'float64', // in which engines differ
      orders: 0,
      calls: textbookCalls(),
      timed: false,
      evaluate: async (function_, x) => {
        const bits = new Uint32Array(Float64Array.from(x).buffer);
        child.stdin.write(`${JSON.stringify({ name: function_, x: [...bits] })}\n`);
        return new Float64Array(Uint32Array.from(await answer<number[]>()).buffer);
      },
      close: async () => {
        child.kill();
      },
    };
  };
