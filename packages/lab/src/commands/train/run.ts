import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, Interrupted, UsageError } from '../../console/errors.js';
import { interruptible } from '../../console/interrupt.js';
import { progress, silent } from '../../console/progress.js';
import { toHuggingFace } from '../../models/gpt-weights.js';
import { environment } from '../../run/environment.js';
import { type Field, requireFields } from '../../run/fields.js';
import { readJson } from '../../run/json.js';
import { RunFolder } from '../../run/run-folder.js';
import { toSafetensors } from '../../run/safetensors.js';
import { writeWhole } from '../../run/write.js';
import type { GptModel, gptTask } from '../../tasks/gpt.js';
import { type ModelOptions, TRAINABLES } from '../../tasks/trainables.js';
import { shortSample } from '../../tasks/write-on.js';
import { readCheckpoint } from '../../training/checkpoint.js';
import { trainingConfig } from '../../training/config-fields.js';
import type { Task } from '../../training/task.js';
import { type Outcome, train } from '../../training/train.js';
import { settled, type TrainConfig, taskOf } from './config.js';
import { trainReport } from './report.js';

export interface TrainRunOptions {
  /** Takes the text of the run, piece by piece. */
  print: (text: string) => void;
  quiet?: boolean;
}

export interface TrainResult extends Outcome {
  config: TrainConfig;
  /** The folder of the run and the report in it. */
  folder: string;
  report: string;
}

/** Starts a run in a new folder within `out`. */
export async function startRun(given: TrainConfig, out: string, options: TrainRunOptions): Promise<TrainResult> {
  const config = settled(given);
  const task = await taskOf(config);
  const folder = new RunFolder(out, `train-${config.model}`);
  folder.json('config.json', config);
  folder.json('environment.json', environment());
  return await run(config, task, folder, options);
}

/** Goes on with a run. @throws LabError or DataError if the folder is not that of a training. */
export async function resumeRun(path: string, options: TrainRunOptions): Promise<TrainResult> {
  const folder = new RunFolder(path);
  const config = readConfig(path);
  const task = await taskOf(config).catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    throw new DataError(`${join(path, 'config.json')}: ${error.message}`);
  });
  return await run(config, task, folder, options);
}

/** The configuration of a run. @throws DataError if the folder holds none of a training. */
export function readConfig(path: string): TrainConfig {
  const file = join(path, 'config.json');
  if (!existsSync(file)) throw new DataError(`${path} is not the folder of a run: it has no config.json`);
  const config = readJson(file);
  if (config.command !== 'train') throw new DataError(`${path} is the run of another command, not of 'gelu-lab train'`);
  const { model, options, training } = config;
  if (typeof model !== 'string' || !Object.hasOwn(TRAINABLES, model)) throw new DataError(`${file}: no known model`);
  const choice: Field = ['a text, a number or null', (value) => value === null || /string|number/.test(typeof value)];
  const choices = Object.keys(TRAINABLES[model].options).map((name) => [name, choice]);
  requireFields(file, options, Object.fromEntries(choices), 'options.');
  return { command: 'train', model, options: options as ModelOptions, training: trainingConfig(training, file) };
}

async function run(
  config: TrainConfig,
  task: Awaited<ReturnType<typeof taskOf>>,
  folder: RunFolder,
  { print, quiet = false }: TrainRunOptions,
): Promise<TrainResult> {
  const release = locked(folder, task);
  const interruption = interruptible();
  const bar = quiet ? silent : progress('training');
  print(`Training ${config.model} with ${config.options.activation} in ${folder.path}`);
  try {
    const outcome = await train(task, config.training, folder, {
      onPlan: (steps) => {
        folder.json('config.json', config);
        bar.pause();
        print(`${steps} steps fit into the time`);
      },
      onRemark: (text) => {
        bar.pause();
        process.stderr.write(`${text}\n`);
      },
      onProgress: bar.update,
      check: interruption.check,
    });
    bar.stop();
    const isGpt = config.model === 'gpt';
    if (isGpt) writeWeights(folder, (task as ReturnType<typeof gptTask>).model, outcome.checkpoint);
    const written = isGpt && outcome.divergedAt === null ? await shortSample(folder.path) : '';
    const report = folder.text('report.html', trainReport(config, environment(), folder.metrics(), outcome, written));
    for (const [split, scores] of Object.entries(outcome.final)) print(`${split}: ${words(scores)}`);
    if (outcome.divergedAt !== null)
      print(`Diverged at step ${outcome.divergedAt}: the loss or gradient is not finite`);
    print(`Report: ${report}`);
    return { ...outcome, config, folder: folder.path, report };
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    throw new Interrupted(folder.path, `gelu-lab train --resume ${folder.path}`);
  } finally {
    bar.stop();
    interruption.release();
    task.dispose?.();
    release();
  }
}

function locked(folder: RunFolder, task: Task): () => void {
  try {
    return folder.lock();
  } catch (error) {
    task.dispose?.();
    throw error;
  }
}

function words(scores: Record<string, number>): string {
  return Object.entries(scores)
    .map(([name, value]) => `${name} ${value.toFixed(4)}`)
    .join(', ');
}

/** The weights alone, named and shaped as Hugging Face's GPT-2, with what `gelu-lab sample` needs besides. */
function writeWeights(folder: RunFolder, model: GptModel, checkpoint: string): void {
  const tensors = toHuggingFace(model.shape, readCheckpoint(checkpoint).state.parameters);
  const metadata = { format: 'pt', model: JSON.stringify(model) };
  writeWhole(join(folder.path, 'model.safetensors'), toSafetensors({ tensors, metadata }));
}
