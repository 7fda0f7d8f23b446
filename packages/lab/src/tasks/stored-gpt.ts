import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DataError } from '../console/errors.js';
import { type Tokenizer, type TokenizerConfig, tokenizer } from '../data/tokenizer.js';
import type { GptShape } from '../models/gpt.js';
import { fromHuggingFace } from '../models/gpt-weights.js';
import type { HostArray } from '../numbers/host-array.js';
import { readSafetensors } from '../run/safetensors.js';
import { checkpoints, readCheckpoint } from '../training/checkpoint.js';
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
  const path = folder ? (checkpoints(from).at(-1) ?? join(from, 'model.safetensors')) : from;
  const { tensors, metadata } = readSafetensors(path);
  if (metadata.config !== undefined) {
    const { state, config } = readCheckpoint(path);
    const { model } = config as { model: GptModel };
    if (model.name !== 'gpt') throw new DataError(`${path}: a checkpoint, but not of a GPT`);
    return { ...model, weights: state.parameters };
  }
  const beside = huggingFaceConfig(join(dirname(path), 'config.json'));
  const own = metadata.model === undefined ? undefined : (JSON.parse(metadata.model) as GptModel);
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

interface HuggingFaceConfig {
  n_head?: number;
  activation_function?: string;
}

function huggingFaceConfig(path: string): HuggingFaceConfig {
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as HuggingFaceConfig;
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
