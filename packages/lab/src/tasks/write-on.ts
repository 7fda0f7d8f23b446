import { tree } from '@jax-js/jax';
import { DataError, UsageError } from '../console/errors.js';
import { interruptible } from '../console/interrupt.js';
import { type SampleOptions, sample } from '../models/gpt-sample.js';
import { blockActivation } from '../models/transformer.js';
import { random } from '../numbers/random.js';
import { startEngine } from '../training/engine.js';
import { toEngine } from '../training/trainer.js';
import { readGpt, tokenizerOf } from './stored-gpt.js';

export interface WriteOptions extends SampleOptions {
  prompt: string;
  seed: number;
}

/** Lets a GPT go on with a prompt; returns what it wrote and hands it to `show` as it comes, after `onStart`. */
export async function writeOn(
  from: string,
  options: WriteOptions,
  show: (text: string) => void,
  onStart: () => void = () => {},
): Promise<string> {
  const stored = readGpt(from);
  const { activation, shape, weights } = stored;
  const { encode, decode } = await tokenizerOf(from, stored);
  const prompt = encode(options.prompt);
  if (prompt.length === 0) throw new UsageError('--prompt must not be empty');
  await startEngine();
  const parameters = toEngine(weights);
  const interruption = interruptible();
  const ids: number[] = [];
  let text = '';
  try {
    const { apply } = blockActivation(activation, shape.width);
    let started = false;
    for await (const id of sample(shape, apply, parameters, prompt, options, random(options.seed, 'sample'))) {
      await interruption.check();
      if (!started) onStart();
      started = true;
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

/** What a trained GPT writes from a line break on, or from a space where its text has none; '' where it knows neither. */
export async function shortSample(from: string): Promise<string> {
  for (const prompt of ['\n', ' ']) {
    try {
      return await writeOn(from, { prompt, tokens: 300, temperature: 0.8, topK: null, seed: 1 }, () => {});
    } catch (error) {
      if (!(error instanceof UsageError || error instanceof DataError)) throw error;
    }
  }
  return '';
}
