import { type Metric, RunFolder } from '../run/run-folder.js';
import type { TrialConfig } from '../studies/config.js';
import { studyNamed } from '../studies/index.js';
import type { CurvePoint, TrialResult } from '../studies/outcome.js';
import { checkpoints, readCheckpoint } from '../training/checkpoint.js';
import { type TrainHooks, train } from '../training/train.js';
import { toEngine } from '../training/trainer.js';

/**
 * Runs the trial whose config.json is in the folder, from its last checkpoint if there is one, and writes result.json; a
 * checkpoint at least every so many seconds.
 * @throws DataError without the study's data; LabError if the folder cannot be written; what `hooks.check` throws, after a
 * checkpoint.
 */
export async function runTrial(path: string, hooks: TrainHooks = {}, checkpointSeconds = 30): Promise<void> {
  const folder = new RunFolder(path);
  const config = folder.read<TrialConfig>('config.json');
  const study = studyNamed(config.study);
  const { judgedBy = 'test' } = study;
  const { task, trainer, schedule, measure } = await study.prepare(config.settings, config);
  try {
    const outcome = await train(
      task,
      {
        ...trainer,
        schedule,
        steps: config.steps,
        evaluateEvery: study.evaluateEvery,
        checkpointEvery: Number.POSITIVE_INFINITY,
        checkpointSeconds,
        splits: ['train', 'validation'],
        finalSplits: judgedBy === 'test' ? ['test'] : [],
      },
      folder,
      hooks,
    );
    const final = { ...outcome.final[judgedBy] };
    if (measure && outcome.divergedAt === null) {
      const parameters = toEngine(readCheckpoint(checkpoints(path).at(-1)!).state.parameters);
      Object.assign(final, await measure(parameters));
      for (const array of Object.values(parameters)) array.dispose();
    }
    const { steps, divergedAt, msPerStep } = outcome;
    const result: TrialResult = { steps, divergedAt, curve: curveOf(folder.metrics()), final, msPerStep };
    folder.json('result.json', result);
  } finally {
    task.dispose?.();
  }
}

/** The evaluations of training and validation data as points, each measure under `split.name`. */
function curveOf(metrics: readonly Metric[]): CurvePoint[] {
  const points = new Map<number, Record<string, number>>();
  for (const { kind, step, split, thorough, ...scores } of metrics) {
    if (kind !== 'evaluation' || split === 'test') continue;
    const point = points.get(Number(step)) ?? {};
    for (const [name, value] of Object.entries(scores)) point[`${split}.${name}`] = Number(value);
    points.set(Number(step), point);
  }
  return [...points].sort(([a], [b]) => a - b).map(([step, scores]) => ({ step, ...scores }));
}
