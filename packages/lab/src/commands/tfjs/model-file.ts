import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GraphModelError, type GraphModelJSON, type WeightReader } from 'gelu/tfjs/graph';
import { LabError } from '../../console/errors.js';

/** A model.json with the files of its weights. */
export interface ModelFile {
  readonly model: GraphModelJSON;
  readonly read: WeightReader;
  /** The names of the files with weights, beside the model. */
  readonly weights: readonly string[];
}

/** Calls `use` with the model at `path`. What is wrong with its files becomes a LabError that names them. */
export function withGraphModel<T>(path: string, use: (file: ModelFile) => T): T {
  const model = readModel(path);
  const weights = pathsOf(model);
  const shards = weights.map((name) => openShard(path, name));
  try {
    return use({ model, weights, read: readerOf(shards) });
  } catch (error) {
    if (error instanceof GraphModelError) throw new LabError(`${path}: ${error.message}`);
    throw error;
  } finally {
    for (const { file } of shards) closeSync(file);
  }
}

function readModel(path: string): GraphModelJSON {
  let text: string;
  try {
    if (statSync(path).isDirectory()) throw new Error('it is a folder: name the model.json in it');
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new LabError(`${path} cannot be read: ${(error as Error).message}`);
  }
  try {
    const model: unknown = JSON.parse(text);
    if (model !== null && typeof model === 'object') return model as GraphModelJSON;
  } catch {
    // told below
  }
  throw new LabError(
    `${path}: not a model.json of TensorFlow.js, but ${text.trim() === '' ? 'empty' : 'something else'}`,
  );
}

function pathsOf({ weightsManifest }: GraphModelJSON): readonly string[] {
  if (!Array.isArray(weightsManifest)) return [];
  return weightsManifest.flatMap(({ paths }) => (Array.isArray(paths) ? paths.map(String) : []));
}

interface Shard {
  readonly file: number;
  readonly size: number;
}

function openShard(path: string, name: string): Shard {
  const place = join(dirname(path), name);
  try {
    return { file: openSync(place, 'r'), size: statSync(place).size };
  } catch (error) {
    throw new LabError(`${path}: its weights, which hold its constants, cannot be read: ${(error as Error).message}`);
  }
}

/** Reads from the shards as if they were one file. */
function readerOf(shards: readonly Shard[]): WeightReader {
  return (offset, length) => {
    const bytes = new Uint8Array(length);
    let done = 0;
    let start = 0;
    for (const { file, size } of shards) {
      while (done < length && offset + done >= start && offset + done < start + size) {
        const read = readSync(
          file,
          bytes,
          done,
          Math.min(length - done, start + size - offset - done),
          offset + done - start,
        );
        if (read === 0) return bytes.subarray(0, done);
        done += read;
      }
      start += size;
    }
    return bytes.subarray(0, done);
  };
}
