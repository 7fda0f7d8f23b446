import { renameSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { DataError, LabError } from '../console/errors.js';
import type { Metric, RunFolder } from '../run/run-folder.js';
import { checkpoints, newestCheckpoint, requireRoom, writeCheckpoint } from './checkpoint.js';
import { startEngine } from './engine.js';
import { rateAt, type Schedule } from './schedule.js';
import { COMPILING, OVERRUN, StepTimes } from './step-times.js';
import type { Split, Task } from './task.js';
import { diverged, type StepResult, Trainer, type TrainerOptions } from './trainer.js';

/** How a task is trained. All of it must be JSON; with the task's own settings it makes a run repeatable. */
export interface TrainingConfig extends TrainerOptions {
  schedule: Schedule;
  /** null until settled by the time allowed. */
  steps: number | null;
  /** The time allowed if `steps` is not given. */
  seconds?: number;
  /** Steps between evaluations; the state before the first step and after the last is always evaluated. */
  evaluateEvery: number;
  /** Steps between checkpoints … */
  checkpointEvery: number;
  /** … or seconds, what comes first; 60 by default. */
  checkpointSeconds?: number;
  /** What is evaluated on the way. */
  splits: readonly Split[];
  /** What is evaluated at the end besides. */
  finalSplits?: readonly Split[];
}

export interface TrainHooks {
  /** Called when the number of steps is settled by the time allowed: the place to keep it in config.json. */
  onPlan?: (steps: number) => void;
  /** Called with what is wrong in the folder, but does not keep the training from going on. */
  onRemark?: (text: string) => void;
  onProgress?: (fraction: number, label: string) => void;
  /** Awaited before each step. If it throws, a checkpoint is written, and the exception goes on. */
  check?: () => Promise<void>;
}

export interface Outcome {
  steps: number;
  /** The measures at the end by split. */
  final: Partial<Record<Split, Record<string, number>>>;
  /** The first step whose loss or gradient was not finite; training ended there. */
  divergedAt: number | null;
  /** Of the steps before the checkpoint that was gone on from, those whose lines of metrics are lost, and evaluations on the way likewise. */
  missing: { steps: number; evaluations: number };
  /** The median of the steps done in this process; those that compile are left out. */
  msPerStep: number;
  /** The last checkpoint. */
  checkpoint: string;
}

/** With a limit of time: after so many steps, or this share of the time, the number of steps is settled. */
const PROBE = 40;
const PROBE_SHARE = 0.1;
/** The share of the time left that steps may take; the rest is a reserve. */
const USABLE = 0.97;
const CHECKPOINT_SECONDS = 60;

/**
 * Trains in a run's folder, and goes on from its last checkpoint if it has one: metrics.jsonl and checkpoints become bitwise
 * those of an uninterrupted run. Metrics hold no times; log.txt does. The task stays the caller's.
 *
 * If `config.steps` is null it is settled after the first steps and set. The rate of the warm-up does not depend on it, so
 * the same number given outright gives the same metrics, if the rate is constant or the warm-up has 40 steps or more.
 *
 * @throws LabError before any step, if the folder cannot take the checkpoints; what `check` throws, after a checkpoint.
 */
export async function train(
  task: Task,
  config: TrainingConfig,
  folder: RunFolder,
  hooks: TrainHooks = {},
): Promise<Outcome> {
  if (config.steps === null && config.seconds === undefined) throw new LabError('training needs steps or seconds');
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  await startEngine();
  const tell = hooks.onRemark ?? (() => {});
  const last = newestCheckpoint(folder.path, (text, path) => {
    renameSync(path, `${path}.damaged`);
    folder.log(text);
    tell(text);
  });
  if (last !== undefined) requireFit(last, task, config);
  const trainer = new Trainer(task, config, last?.state);
  let written = 0;
  const save = async (): Promise<void> => {
    folder.sync();
    writeCheckpoint(folder.path, await trainer.state(), { model: task.model ?? task.name, training: config });
    written = seconds();
  };
  const evaluate = async (splits: readonly Split[], thorough = false): Promise<void> => {
    for (const split of splits) {
      const scores = await trainer.evaluate(split, thorough);
      folder.metric({ kind: 'evaluation', step: trainer.steps, split, thorough, ...scores });
      folder.log(`step=${trainer.steps} split=${split} ${fields(scores)}`);
    }
  };
  const times = new StepTimes();
  const step = async (): Promise<StepResult> => {
    const rate = rateAt(config.schedule, trainer.steps + 1, config.steps ?? Number.POSITIVE_INFINITY);
    const result = await times.time(() => trainer.step(rate));
    const { loss, gradientNorm } = result;
    folder.metric({ kind: 'step', step: trainer.steps, loss, gradientNorm, rate });
    folder.log(`step=${trainer.steps} ${fields({ loss, gradientNorm, rate, ms: times.last })}`);
    return result;
  };
  try {
    // Step 0 is evaluated after its checkpoint: whoever starts from it does not know whether all of that came to be.
    folder.cutBack(trainer.steps === 0 ? -1 : trainer.steps);
    let { done, divergedAt } = ended(folder, trainer.steps, config.steps);
    const missing = missingLines(folder.metrics(), trainer.steps, config);
    if (missing.steps + missing.evaluations > 0)
      tell(
        `${folder.path}/metrics.jsonl: of the ${trainer.steps} steps before the checkpoint ${missing.steps} lack their line, and ${missing.evaluations} evaluations theirs`,
      );
    let evaluationSeconds = 0;
    if (last === undefined) {
      requireRoom(folder.path, await trainer.state());
      await save(); // before the first evaluation, which may take a while: it shows that it can be written
    }
    if (trainer.steps === 0) {
      const before = seconds();
      await evaluate(config.splits);
      evaluationSeconds = seconds() - before;
    }
    let compiled = 0;
    const atEnd = [...config.splits, ...(config.finalSplits ?? [])];
    if (done) {
      const there = finalScores(folder.metrics(), trainer.steps);
      await evaluate(
        atEnd.filter((split) => there[split] === undefined),
        true,
      );
    }
    while (!done) {
      try {
        await hooks.check?.();
      } catch (error) {
        await save();
        throw error;
      }
      if (times.count === COMPILING) compiled = seconds();
      const result = await step();
      const { steps } = trainer;
      if (diverged(result)) divergedAt = steps;
      if (config.steps === null && isProbed(times.count, seconds(), config.seconds!)) {
        const each = (seconds() - compiled) / (times.count - COMPILING);
        config.steps = steps + affordable(config, config.seconds! - seconds(), each, evaluationSeconds);
        hooks.onPlan?.(config.steps);
      }
      const late = config.seconds !== undefined && seconds() > OVERRUN * config.seconds;
      done = steps === config.steps || divergedAt !== null || late;
      if (done) await evaluate(atEnd, true);
      else if (steps % config.evaluateEvery === 0) await evaluate(config.splits);
      const due = seconds() - written > (config.checkpointSeconds ?? CHECKPOINT_SECONDS);
      if (done || due || steps % config.checkpointEvery === 0) await save();
      hooks.onProgress?.(config.steps === null ? 0 : steps / config.steps, label(steps, config.steps, result.loss));
    }
    return {
      steps: trainer.steps,
      final: finalScores(folder.metrics(), trainer.steps),
      divergedAt,
      missing,
      msPerStep: times.median,
      checkpoint: checkpoints(folder.path).at(-1)!,
    };
  } finally {
    trainer.dispose();
  }
}

/** @throws DataError if the checkpoint is of another model or another way of training. */
function requireFit(
  { path, config, state }: NonNullable<ReturnType<typeof newestCheckpoint>>,
  task: Task,
  { seed, optimizer }: TrainingConfig,
): void {
  const { model, training } = config as { model?: unknown; training?: Partial<TrainingConfig> };
  const same = (a: unknown, b: unknown): boolean => isDeepStrictEqual(a, JSON.parse(JSON.stringify(b)));
  const wrong =
    (!same(model, task.model ?? task.name) && 'model') ||
    (!same(training?.seed, seed) && 'seed') ||
    (!same(training?.optimizer, optimizer) && 'optimizer');
  if (wrong) throw new DataError(`${path}: the ${wrong} is not that of config.json`);
  const fresh = task.initialize(seed);
  try {
    const names = new Set([...Object.keys(fresh), ...Object.keys(state.parameters)]);
    for (const name of names) {
      const shapes = [fresh[name]?.shape, state.parameters[name]?.shape];
      if (String(shapes[0]) !== String(shapes[1]))
        throw new DataError(
          `${path}: ${name} is [${shapes[1] ?? 'missing'}], config.json asks for [${shapes[0] ?? 'none'}]`,
        );
    }
  } finally {
    for (const array of Object.values(fresh)) array.dispose();
  }
}

/** How many of the steps up to `step`, and of the evaluations on the way to it, have no line. */
function missingLines(
  metrics: readonly Metric[],
  step: number,
  { evaluateEvery, splits }: TrainingConfig,
): Outcome['missing'] {
  const there = new Set(metrics.map(({ kind, step, split }) => (kind === 'step' ? `${step}` : `${step} ${split}`)));
  const missing = { steps: 0, evaluations: 0 };
  for (let i = 1; i <= step; i++) if (!there.has(`${i}`)) missing.steps++;
  for (let i = 0; i < step; i += evaluateEvery)
    for (const split of splits) if (!there.has(`${i} ${split}`)) missing.evaluations++;
  return missing;
}

/** Whether the run is at its end already; so also a run that diverged. */
function ended(folder: RunFolder, steps: number, planned: number | null): { done: boolean; divergedAt: number | null } {
  const last = folder.metrics().findLast(({ kind }) => kind === 'step') as (Metric & StepResult) | undefined;
  const divergedAt = last !== undefined && diverged(last) ? steps : null; // NaN is a word in JSON
  return { done: steps === planned || divergedAt !== null, divergedAt };
}

function finalScores(metrics: readonly Metric[], step: number): Outcome['final'] {
  const scores = metrics.filter((metric) => metric.kind === 'evaluation' && metric.step === step);
  return Object.fromEntries(scores.map(({ kind, step, split, thorough, ...values }) => [split, values]));
}

function isProbed(steps: number, seconds: number, allowed: number): boolean {
  return steps >= PROBE || (steps > COMPILING && seconds > PROBE_SHARE * allowed);
}

/** How many more steps fit into `seconds`, with the evaluations on the way and at the end. */
function affordable(
  { evaluateEvery, splits, finalSplits = [] }: TrainingConfig,
  seconds: number,
  each: number,
  evaluationSeconds: number,
): number {
  const last = evaluationSeconds * (1 + finalSplits.length / Math.max(1, splits.length));
  return Math.max(0, Math.floor((USABLE * (seconds - last)) / (each + evaluationSeconds / evaluateEvery)));
}

/** `loss=1.234 ms=12.3` */
function fields(values: Record<string, number>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${Number(value.toPrecision(6))}`)
    .join(' ');
}

function label(step: number, steps: number | null, loss: number): string {
  return `step ${step} of ${steps ?? '…'}, loss ${loss.toFixed(3)}`;
}
