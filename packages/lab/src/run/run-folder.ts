import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LabError } from '../errors.js';
import { toJson } from './json.js';
import { writeWhole } from './write.js';

/** A line of metrics.jsonl. Times are only in fields whose names begin with `ms`, so the rest can be compared. */
export type Metric = { kind: string } & Record<string, unknown>;

/** The folder of one run: config.json, environment.json, metrics.jsonl, report.html. No file is ever half-written. */
export class RunFolder {
  readonly path: string;
  readonly #lines: string[] = [];

  /**
   * Makes the folder `<parent>/<time>-<name>`.
   * @throws LabError if it cannot be made, before any work is lost on it.
   */
  constructor(parent: string, name: string, now: Date = new Date()) {
    this.path = freePath(join(parent, `${stamp(now)}-${name}`));
    try {
      makeFolder(this.path);
    } catch (error) {
      throw new LabError(`The folder of the run cannot be made: ${(error as Error).message}`);
    }
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

  /** Adds a line to the metrics; `save` writes them. */
  metric(metric: Metric): void {
    this.#lines.push(toJson(metric));
  }

  /** Writes metrics.jsonl with all lines so far. */
  save(): void {
    this.text('metrics.jsonl', this.#lines.map((line) => `${line}\n`).join(''));
  }
}

/** 20261124-093015, local time. */
function stamp(now: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `${date}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}

/** mkdir's own `recursive` never ends below /proc in Node 20. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

function freePath(wanted: string): string {
  let path = wanted;
  for (let i = 2; existsSync(path); i++) path = `${wanted}-${i}`;
  return path;
}
