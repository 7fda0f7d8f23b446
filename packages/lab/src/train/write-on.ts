import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tree } from '@jax-js/jax';
import { type TokenizerConfig, tokenizer } from '../data/tokenizer.js';
import { DataError, UsageError } from '../errors.js';
import { interruptible } from '../interrupt.js';
import type { GptShape } from '../models/gpt.js';
import { type SampleOptions, sample } from '../models/gpt-sample.js';
import { fromHuggingFace } from '../models/gpt-weights.js';
import { blockActivation } from '../models/transformer.js';
import { random } from '../random.js';
import { readSafetensors } from '../run/safetensors.js';
import type { GptModel } from '../tasks/gpt.js';
import { checkpoints, readCheckpoint } from '../training/checkpoint.js';
import type { HostArray } from '../training/task.js';
import { startEngine, toEngine } from '../training/trainer.js';

export interface WriteOptions extends SampleOptions {
  prompt: string;
  seed: number;
}

/** A GPT outside of jax-js. */
export interface StoredGpt {
  activation: string;
  shape: GptShape;
  tokenizer: TokenizerConfig;
  weights: Record<string, HostArray>;
}

/** Lets a GPT go on with a prompt; returns what it wrote and hands it to `show` as it comes. */
export async function writeOn(from: string, options: WriteOptions, show: (text: string) => void): Promise<string> {
  const { activation, shape, weights, ...stored } = readGpt(from);
  const { encode, decode } = await tokenizer(stored.tokenizer);
  const prompt = encode(options.prompt);
  if (prompt.length === 0) throw new UsageError('--prompt must not be empty');
  await startEngine();
  const parameters = toEngine(weights);
  const interruption = interruptible();
  const ids: number[] = [];
  let text = '';
  try {
    const { apply } = blockActivation(activation, shape.width);
    for await (const id of sample(shape, apply, parameters, prompt, options, random(options.seed, 'sample'))) {
      await interruption.check();
      ids.push(id);
      // A character can be spread over several tokens: only whole ones are shown.
      const whole = decode(ids).replace(/\uFFFD+$/, '');
      show(whole.slice(text.length));
      text = whole;
    }
  } finally {
    interruption.release();
    tree.dispose(parameters);
  }
  return text;
}

/**
 * The GPT in the folder of a run (its last checkpoint), in a checkpoint, or in a file of Hugging Face's GPT-2, whose
 * config.json, where it stands beside it, tells the heads and the activation.
 * @throws DataError naming the file if there is none.
 */
export function readGpt(from: string): StoredGpt {
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
  const beside = join(dirname(path), 'config.json');
  const config = existsSync(beside) ? (JSON.parse(readFileSync(beside, 'utf8')) as HuggingFaceConfig) : {};
  const own = metadata.model === undefined ? undefined : (JSON.parse(metadata.model) as GptModel);
  const { shape, weights } = fromHuggingFace(tensors, own?.shape.heads ?? config.n_head);
  return {
    activation: own?.activation ?? config.activation_function ?? 'gelu_new',
    shape,
    tokenizer: own?.tokenizer ?? { kind: 'gpt2', tokens: null },
    weights,
  };
}

interface HuggingFaceConfig {
  n_head?: number;
  activation_function?: string;
}
