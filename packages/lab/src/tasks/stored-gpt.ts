import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DataError } from '../console/errors.js';
import { type Tokenizer, type TokenizerConfig, tokenizer } from '../data/tokenizer.js';
import type { GptShape } from '../models/gpt-shape.js';
import { fromHuggingFace } from '../models/gpt-weights.js';
import type { HostArray } from '../numbers/host-array.js';
import { isObject } from '../run/json.js';
import { readSafetensors } from '../run/safetensors.js';
import { newestCheckpoint, readCheckpoint } from '../training/checkpoint.js';
import type { GptModel } from './gpt.js';

/** A GPT outside of jax-js. */
export interface StoredGpt {
  activation: string;
  shape: GptShape;
  tokenizer: TokenizerConfig;
  weights: Record<string, HostArray>;
}

/**
 * The GPT in the folder of a run (its last checkpoint), in a checkpoint, or in a file of Hugging Face's GPT-2, whose
 * config.json, where it stands beside it, tells the heads and the activation; `heads` counts where nothing tells them.
 * @throws DataError naming the file if there is none.
 */
export function readGpt(from: string, heads?: number): StoredGpt {
  if (!existsSync(from)) throw new DataError(`${from}: there is no such file or folder`);
  const folder = statSync(from).isDirectory();
  const newest = folder ? newestCheckpoint(from, (text) => process.stderr.write(`${text}\n`)) : undefined;
  const path = newest?.path ?? (folder ? join(from, 'model.safetensors') : from);
  const { tensors, metadata } = readSafetensors(path);
  if (metadata.config !== undefined) {
    const { state, config } = readCheckpoint(path);
    const { model } = config as { model: unknown };
    if (!isGptModel(model)) throw new DataError(`${path}: a checkpoint, but not of a GPT`);
    return { ...model, weights: state.parameters };
  }
  const beside = huggingFaceConfig(join(dirname(path), 'config.json'));
  const own = metadata.model === undefined ? undefined : modelOf(metadata.model);
  if (own === null) throw new DataError(`${path}: it does not describe a GPT`);
  return {
    activation: own?.activation ?? beside.activation_function ?? 'gelu_new',
    ...named(path, () => fromHuggingFace(tensors, own?.shape.heads ?? beside.n_head ?? heads)),
    tokenizer: own?.tokenizer ?? { kind: 'gpt2', tokens: null },
  };
}

/** The tokenizer of a GPT. @throws DataError if it is not that of the weights. */
export async function tokenizerOf(from: string, { tokenizer: config, shape }: StoredGpt): Promise<Tokenizer> {
  const tokens = await tokenizer(config);
  if (tokens.size === shape.vocabulary) return tokens;
  throw new DataError(
    `${from}: its vocabulary has ${shape.vocabulary} tokens and GPT-2's ${tokens.size}: what they stand for is unknown`,
  );
}

function modelOf(text: string): GptModel | null {
  try {
    const model: unknown = JSON.parse(text);
    return isGptModel(model) ? model : null;
  } catch {
    return null;
  }
}

function isGptModel(model: unknown): model is GptModel {
  if (!isObject(model) || model.name !== 'gpt' || typeof model.activation !== 'string') return false;
  const { shape, tokenizer } = model;
  const sizes = ['layers', 'heads', 'width', 'inner', 'vocabulary', 'context'];
  return (
    isObject(shape) &&
    sizes.every((name) => Number.isSafeInteger(shape[name]) && (shape[name] as number) > 0) &&
    isObject(tokenizer) &&
    ['char', 'gpt2'].includes(tokenizer.kind as string)
  );
}

interface HuggingFaceConfig {
  n_head?: number;
  activation_function?: string;
}

function huggingFaceConfig(path: string): HuggingFaceConfig {
  if (!existsSync(path)) return {};
  try {
    const config: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!isObject(config)) throw new Error('no JSON object');
    return config;
  } catch (error) {
    throw new DataError(`${path}: cannot be read (${(error as Error).message})`);
  }
}

/** What `read` returns; its errors name the file. */
function named<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof DataError ? new DataError(`${path}: ${error.message}`) : error;
  }
}
