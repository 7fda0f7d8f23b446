import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LabError } from '../console/errors.js';
import { type WebGPUExhaustive, webgpuResults } from './exhaustive-webgpu.js';

/** What trying all 2³² inputs of one float32 kernel found. */
export interface Exhaustive {
  /** The form, with ' for its derivative. */
  function: string;
  precision: 'correct' | 'fast';
  /** 'simd', 'relaxed' (with FMA) or 'javascript'. */
  kernel: string;
  inputs: number;
  misrounded: number;
  /** Wrong results at infinities and NaN. */
  special: number;
  worst: number;
  worstAt: number;
  /** Within 0.003 of the derivative's root: of the larger addend. */
  worstAtRoot: number;
}

/** The kernels that are checked: the arguments of the library's own script. */
const RUNS: readonly (readonly [log: string, ...options: string[]])[] = [
  ['correct.jsonl', '--precision', 'correct'],
  ['fast.jsonl', '--precision', 'fast'],
  ['fast-relaxed.jsonl', '--precision', 'fast', '--relaxed'],
];

/** The library's folder in the repository; the published package has neither the script nor the logs. */
function repository(): string {
  const folder = dirname(createRequire(import.meta.url).resolve('gelu/package.json'));
  if (!existsSync(join(folder, 'scripts', 'exhaustive.mjs')))
    throw new LabError('--exhaustive works in a clone of the repository: the checker is not part of the package');
  return folder;
}

/**
 * Tries all 2³² inputs of every float32 kernel, some minutes in all, with progress on the terminal. The log of each is
 * kept in the repository; a run that was stopped goes on where it was.
 */
export function runExhaustive(): void {
  const folder = repository();
  for (const [log, ...options] of RUNS) {
    console.error(`All 2³² inputs: ${options.join(' ')}`);
    const script = join(folder, 'scripts', 'exhaustive.mjs');
    const path = join(folder, 'reference', 'exhaustive', log);
    const { status } = spawnSync(process.execPath, [script, ...options, '--log', path], { stdio: 'inherit' });
    if (status !== 0) throw new LabError(`the check ended with ${status}; call it again to go on`);
  }
}

/** The logs of finished checks, summed over their parts. */
export function exhaustiveResults(): Exhaustive[] {
  const folder = join(repository(), 'reference', 'exhaustive');
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jsonl')) : [];
  const sums = new Map<string, Exhaustive>();
  for (const line of files.sort().flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))) {
    const part = JSON.parse(line) as Exhaustive;
    const key = `${part.precision} ${part.kernel} ${part.function}`;
    const sum = sums.get(key);
    sums.set(key, sum === undefined ? part : add(sum, part));
  }
  return [...sums.values()];
}

function add(a: Exhaustive, b: Exhaustive): Exhaustive {
  const { worst, worstAt } = b.worst > a.worst ? b : a;
  return {
    ...a,
    inputs: a.inputs + b.inputs,
    misrounded: a.misrounded + b.misrounded,
    special: a.special + b.special,
    worst,
    worstAt,
    worstAtRoot: Math.max(a.worstAtRoot, b.worstAtRoot),
  };
}

/** What trying all 2³² inputs of a kernel of the family found: its worst error in ULP, and how many special values are wrong. */
export interface FamilyExhaustive {
  /** The activation with its parameters, as its key says it. */
  function: string;
  /** 0: the function, 1: its derivative. */
  order: 0 | 1;
  inputs: number;
  worst: number;
  worstAt: number;
  special: number;
}

/** The log of `scripts/exhaustive-family.mjs`. */
export function familyResults(): FamilyExhaustive[] {
  const lines = readFileSync(join(repository(), 'reference', 'family-exhaustive.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as FamilyExhaustive);
}

/** The log of `scripts/exhaustive-webgpu.mjs`, summed. */
export function loggedOnWebGPU(): WebGPUExhaustive[] {
  return webgpuResults(readFileSync(join(repository(), 'reference', 'webgpu-exhaustive.jsonl'), 'utf8'));
}
