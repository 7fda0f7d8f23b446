import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DataError } from '../console/errors.js';
import type { HostArray } from '../numbers/host-array.js';
import { requireFree } from '../run/disk.js';
import { isObject } from '../run/json.js';
import { readSafetensors, toSafetensors } from '../run/safetensors.js';
import { writeWhole } from '../run/write.js';
import type { TrainingState } from './trainer.js';

/** So many checkpoints stay in a folder. */
const KEPT = 2;
const NAME = /^checkpoint-(\d+)\.safetensors$/;
const OPTIMIZER = 'optimizer.';

/**
 * Writes `checkpoint-<step>.safetensors` whole and on the disk, then removes all but the last two. The parameters keep their
 * names, the state of the optimizer stands under `optimizer.`; `config` is in the metadata.
 */
export function writeCheckpoint(folder: string, state: TrainingState, config: unknown): string {
  const path = join(folder, `checkpoint-${String(state.step).padStart(8, '0')}.safetensors`);
  writeWhole(path, bytesOf(state, config), { durable: true });
  for (const old of checkpoints(folder).slice(0, -KEPT)) rmSync(old);
  return path;
}

/** The paths of a folder's checkpoints, the newest last. */
export function checkpoints(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => NAME.test(name));
  return names.sort((a, b) => Number(NAME.exec(a)![1]) - Number(NAME.exec(b)![1])).map((name) => join(folder, name));
}

/** The step of a checkpoint, by its name. */
export function checkpointStep(path: string): number {
  return Number(NAME.exec(basename(path))![1]);
}

/** @throws DataError if the file is no checkpoint of a training. */
export function readCheckpoint(path: string): { state: TrainingState; config: unknown } {
  const { tensors, metadata } = readSafetensors(path);
  const step = Number(metadata.step ?? Number.NaN);
  if (!(Number.isSafeInteger(step) && step >= 0) || metadata.config === undefined) {
    throw new DataError(`${path}: a safetensors file, but no checkpoint of a training (it has no 'step' and 'config')`);
  }
  const part = (ofOptimizer: boolean): Record<string, HostArray> =>
    Object.fromEntries(
      Object.entries(tensors)
        .filter(([name]) => name.startsWith(OPTIMIZER) === ofOptimizer)
        .map(([name, array]) => [ofOptimizer ? name.slice(OPTIMIZER.length) : name, array]),
    );
  let config: unknown;
  try {
    config = JSON.parse(metadata.config);
  } catch {
    throw new DataError(`${path}: its config is not JSON`);
  }
  if (!isObject(config)) throw new DataError(`${path}: its config is no JSON object`);
  return { state: { step, parameters: part(false), optimizer: part(true) }, config };
}

/**
 * The newest checkpoint of a folder that can be read, undefined if it has none. Those that are damaged are told.
 * @throws DataError if all of them are damaged.
 */
export function newestCheckpoint(
  folder: string,
  tell: (text: string, path: string) => void,
): (ReturnType<typeof readCheckpoint> & { path: string }) | undefined {
  const paths = checkpoints(folder).reverse();
  for (const [i, path] of paths.entries()) {
    try {
      return { ...readCheckpoint(path), path };
    } catch (error) {
      if (!(error instanceof DataError) || i === paths.length - 1) throw error;
      tell(`${error.message}; going on from the checkpoint before`, path);
    }
  }
  return undefined;
}

/**
 * Makes sure before any work that checkpoints can be written: that there is room for those kept and one more.
 * @throws LabError if there is not.
 */
export function requireRoom(folder: string, state: TrainingState): void {
  requireFree(folder, (KEPT + 1) * bytesOf(state, {}).length, 'the checkpoints need');
}

function bytesOf({ step, parameters, optimizer }: TrainingState, config: unknown): Buffer {
  const state = Object.fromEntries(Object.entries(optimizer).map(([name, array]) => [OPTIMIZER + name, array]));
  const metadata = { format: 'pt', step: String(step), config: JSON.stringify(config) };
  return toSafetensors({ tensors: { ...parameters, ...state }, metadata });
}
