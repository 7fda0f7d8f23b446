import { type Examples, sample, take } from '../../data/examples.js';
import type { Mnist } from '../../data/mnist.js';
import { ACTIVATIONS, type ActivationName } from '../../models/activations.js';
import { random } from '../../numbers/random.js';
import { median } from '../../numbers/statistics.js';
import { type MnistClassifier, mnistClassifier } from '../../tasks/mnist.js';
import { startEngine } from '../../training/engine.js';
import { OVERRUN, StepTimes } from '../../training/step-times.js';
import { diverged, Trainer } from '../../training/trainer.js';
import type { Curve, Evaluation, TrainingResult } from './results.js';

/** One network for each activation, all from the same weights and fed the same batches, side by side. */
export interface ComparisonOptions {
  activations: readonly ActivationName[];
  seed: number;
  batch: number;
  learningRate: number;
  /** The first so many of the training images are used. */
  examples: number;
  /** The number of steps, or the seconds that they may take. */
  length: { steps: number } | { seconds: number };
  /** Called as soon as the number of steps is settled. */
  onPlan?: (steps: number) => void;
  onStep?: (step: StepRecord) => void;
  onEvaluation?: (evaluation: Evaluation & { activation: ActivationName }) => void;
  onProgress?: (fraction: number, label: string) => void;
  /** Awaited before each step; an exception ends the work. */
  check?: () => Promise<void>;
}

export interface StepRecord {
  activation: ActivationName;
  step: number;
  loss: number;
  gradientNorms: number[];
  ms: number;
}

interface Trainee {
  name: ActivationName;
  task: MnistClassifier;
  trainer: Trainer;
  curve: Curve;
  times: StepTimes;
  firstNorms: number[];
  lastNorms: number[][];
  divergedAt: number | null;
}

/** With a limit of time: after so many steps their number is settled. */
const PROBE = 20;
/** Examples behind each point of the curves, behind the final scores, and behind the search for dead units. */
const CURVE_SAMPLE = 2000;
const FINAL_SAMPLE = 10_000;
const DEAD_SAMPLE = 1000;
/** Steps at the end whose gradients are summed up. */
const LAST = 50;

/** Trains and evaluates. The same options give the same numbers, times apart, if the number of steps is given. */
export async function compareActivations(data: Mnist, options: ComparisonOptions): Promise<TrainingResult[]> {
  const { seed, activations, check } = options;
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  await startEngine();
  const pool = take(data.train, options.examples);
  const curveTrain = sample(pool, CURVE_SAMPLE, random(seed, 'train sample'));
  const curveTest = sample(data.test, CURVE_SAMPLE, random(seed, 'test sample'));
  const trainees = activations.map((name) => trainee(name, pool, options));
  try {
    const evaluate = async (step: number): Promise<void> => {
      for (const t of trainees.filter(({ divergedAt }) => divergedAt === null)) {
        await check?.();
        const train = await t.task.scores(t.trainer.parameters, curveTrain);
        const test = await t.task.scores(t.trainer.parameters, curveTest);
        const point = { step, trainLoss: train.loss, testLoss: test.loss, testError: test.error };
        t.curve.push(point);
        options.onEvaluation?.({ activation: t.name, ...point });
      }
    };
    await evaluate(0);
    let steps = 'steps' in options.length ? options.length.steps : Number.POSITIVE_INFINITY;
    if (Number.isFinite(steps)) options.onPlan?.(steps);
    for (let step = 1; step <= steps; step++) {
      for (const t of trainees) {
        await check?.();
        if (t.divergedAt === null) await trainOn(t, step, options);
      }
      if ('seconds' in options.length && step === PROBE) {
        steps = affordable(options.length.seconds - seconds(), trainees) + PROBE;
        options.onPlan?.(steps);
      }
      if ('seconds' in options.length && step > PROBE && seconds() > OVERRUN * options.length.seconds) steps = step;
      if (step === steps || isEvaluated(step)) await evaluate(step);
      options.onProgress?.(Number.isFinite(steps) ? step / steps : 0, label(step, steps, trainees));
    }
    const finalTrain = sample(pool, FINAL_SAMPLE, random(seed, 'final sample'));
    const deadSample = sample(data.test, DEAD_SAMPLE, random(seed, 'dead sample'));
    const results: TrainingResult[] = [];
    for (const t of trainees) {
      await check?.();
      const { task, trainer } = t;
      results.push({
        activation: t.name,
        steps: trainer.steps,
        train: await task.scores(trainer.parameters, finalTrain),
        test: await task.scores(trainer.parameters, data.test),
        deadUnits: await task.deadUnits(trainer.parameters, deadSample),
        msPerStep: t.times.median,
        firstGradientNorms: t.firstNorms,
        lastGradientNorms: t.firstNorms.map((_, layer) => median(t.lastNorms.map((norms) => norms[layer]))),
        divergedAt: t.divergedAt,
        curve: t.curve,
      });
    }
    return results;
  } finally {
    for (const { trainer, task } of trainees) {
      trainer.dispose();
      task.dispose?.();
    }
  }
}

function trainee(name: ActivationName, pool: Examples, { seed, batch }: ComparisonOptions): Trainee {
  const task = mnistClassifier({ train: pool }, { activation: name, seed, batch });
  const trainer = new Trainer(task, { seed, optimizer: { name: 'adamw' } });
  return { name, task, trainer, curve: [], times: new StepTimes(), firstNorms: [], lastNorms: [], divergedAt: null };
}

async function trainOn(t: Trainee, step: number, { learningRate, onStep }: ComparisonOptions): Promise<void> {
  const result = await t.times.time(() => t.trainer.step(learningRate));
  const gradientNorms = Object.keys(result.gradientNorms)
    .filter((name) => name.startsWith('weights.'))
    .map((name) => result.gradientNorms[name]);
  if (step === 1) t.firstNorms = gradientNorms;
  t.lastNorms.push(gradientNorms);
  if (t.lastNorms.length > LAST) t.lastNorms.shift();
  onStep?.({ activation: t.name, step, loss: result.loss, gradientNorms, ms: t.times.last });
  if (diverged(result)) t.divergedAt = step;
}

/** The points of the curves do not depend on the number of steps, so a shorter run is the beginning of a longer one. */
function isEvaluated(step: number): boolean {
  return step === 25 || step === 50 || step % 100 === 0;
}

/** How many steps fit into `seconds`, with a reserve for the evaluations. */
function affordable(seconds: number, trainees: readonly Trainee[]): number {
  const msPerStep = trainees.reduce((sum, { times }) => sum + times.median, 0);
  return Math.max(0, Math.floor((seconds * 1000 * 0.85) / msPerStep));
}

function label(step: number, steps: number, trainees: readonly Trainee[]): string {
  const errors = trainees.map(({ name, curve }) => {
    return `${ACTIVATIONS[name].label} ${(100 * curve[curve.length - 1].testError).toFixed(1)} %`;
  });
  return `step ${step} of ${Number.isFinite(steps) ? steps : '…'}, test error ${errors.join(', ')}`;
}
