import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, LabError } from '../console/errors.js';
import { makeFolder } from './disk.js';
import { isObject, readJson, toJson } from './json.js';
import { lockFolder } from './lock.js';
import { synced, TEMPORARY, writeWhole } from './write.js';

/** A line of metrics.jsonl. Times are only in fields whose names begin with `ms`, so the rest can be compared. */
export type Metric = { kind: string } & Record<string, unknown>;

const METRICS = 'metrics.jsonl';
const LOG = 'log.txt';

/**
 * The folder of one run: config.json, environment.json, metrics.jsonl, log.txt, report.html. Files are written whole, except
 * metrics and log, which grow line by line.
 */
export class RunFolder {
  readonly path: string;

  /**
   * Makes the folder `<parent>/<time>-<name>`.
   * @throws LabError if it cannot be made, before any work is lost on it.
   */
  constructor(parent: string, name: string, now?: Date);
  /** Takes a folder that is there, to go on in it. */
  constructor(existing: string);
  constructor(parent: string, name?: string, now: Date = new Date()) {
    if (name === undefined) {
      if (!existsSync(join(parent, 'config.json')))
        throw new LabError(`${parent} is not the folder of a run: it has no config.json`);
      this.path = parent;
      return;
    }
    this.path = freePath(join(parent, `${stamp(now)}-${name}`));
    makeFolder(this.path, 'The folder of the run', parent);
  }

  /**
   * Takes the folder for this process; what is returned gives it back.
   * @throws LabError if another process that still runs has it, or it is read-only.
   */
  lock(): () => void {
    return lockFolder(this.path);
  }

  /** What a JSON file of the folder holds. @throws LabError if it cannot be read. */
  read<T>(name: string): T {
    return readJson(join(this.path, name)) as T;
  }

  /** Writes `name` as JSON. */
  json(name: string, value: unknown): void {
    writeWhole(join(this.path, name), `${toJson(value, 2)}\n`);
  }

  /** Writes a text file and returns its path. */
  text(name: string, text: string): string {
    const path = join(this.path, name);
    writeWhole(path, text);
    return path;
  }

  /** Adds a line to the metrics. */
  metric(metric: Metric): void {
    this.#append(METRICS, toJson(metric));
  }

  /** Adds a line to the log. */
  log(line: string): void {
    this.#append(LOG, line);
  }

  /** The metrics so far; a last line that was cut short is left out. */
  metrics(): Metric[] {
    return whole(this.#lines(METRICS)).map((line, i) => this.#metric(line, i));
  }

  /**
   * Takes back the lines of metrics and log that are of later steps than `step`, or cut short, and what a process that was
   * killed while writing a file has left of it.
   */
  cutBack(step: number): void {
    for (const name of readdirSync(this.path)) if (TEMPORARY.test(name)) rmSync(join(this.path, name));
    const kept = (name: string, stepOf: (line: string, i: number) => number): void => {
      const lines = whole(this.#lines(name));
      const first = lines.findIndex((line, i) => stepOf(line, i) > step);
      this.text(name, (first === -1 ? lines : lines.slice(0, first)).map((line) => `${line}\n`).join(''));
    };
    kept(METRICS, (line, i) => Number(this.#metric(line, i).step ?? 0));
    kept(LOG, (line) => Number(/\bstep=(\d+)/.exec(line)?.[1] ?? 0));
  }

  /** Waits until the metrics are on the disk. */
  sync(): void {
    if (existsSync(join(this.path, METRICS))) synced(join(this.path, METRICS));
  }

  #metric(line: string, i: number): Metric {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      value = null;
    }
    if (isObject(value) && typeof value.kind === 'string') return value as Metric;
    throw new DataError(`${join(this.path, METRICS)}: line ${i + 1} is no metric`);
  }

  #append(name: string, line: string): void {
    try {
      appendFileSync(join(this.path, name), `${line}\n`);
    } catch (error) {
      throw new LabError(`${join(this.path, name)} cannot be written: ${(error as Error).message}`);
    }
  }

  #lines(name: string): string {
    const path = join(this.path, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }
}

/** The lines of a text that are complete. */
function whole(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

/** 20261124-093015, local time. */
function stamp(now: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `${date}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}

function freePath(wanted: string): string {
  let path = wanted;
  for (let i = 2; existsSync(path); i++) path = `${wanted}-${i}`;
  return path;
}
