import { interruptible } from '../../console/interrupt.js';
import { median } from '../../numbers/statistics.js';
import type { Arm } from '../../studies/arm.js';
import type { Probe } from '../../studies/config.js';
import { measureStepCosts, type StepCosts } from '../../studies/step-cost.js';
import type { DataOptions, Study } from '../../studies/types.js';
import { startEngine } from '../../training/engine.js';
import { fastestOfRow } from '../../training/step-times.js';
import { Trainer } from '../../training/trainer.js';
import { processorTime, timed } from './processor-time.js';

/** At least so many steps are timed, and for so long: the first ones compile, and JavaScript's compiler takes its time. */
const STEPS = 12;
const MS = 2000;
/** Parameter, mean and mean square, each float32. */
const BYTES = 3 * 4;

/**
 * Measures steps and an evaluation of an arm's usual choice.
 * @throws DataError without the study's data.
 */
export async function probe(study: Study, arm: Arm, data: string | null): Promise<Probe> {
  const start = processorTime();
  const {
    task,
    trainer: options,
    schedule,
    measure,
    remark,
  } = await study.prepare({ ...arm.grid[arm.usual], seed: 1 }, { data });
  await startEngine();
  const trainer = new Trainer(task, options);
  try {
    const ms: number[] = [];
    const enough = processorTime() + MS;
    while (ms.length < STEPS || processorTime() < enough) {
      ms.push(await timed(() => trainer.step(schedule.learningRate)));
    }
    const evaluationMs = await timed(async () => {
      for (const split of ['train', 'validation'] as const) await trainer.evaluate(split, false);
    });
    await trainer.evaluate(study.judgedBy ?? 'test', true);
    await measure?.(trainer.parameters);
    const stepMs = median(ms.slice(ms.length / 2));
    const msPerTrial = processorTime() - start - stepMs * ms.length;
    const size = Object.values(trainer.parameters).reduce((sum, p) => sum + p.size, 0);
    return {
      msPerStep: stepMs + evaluationMs / study.evaluateEvery,
      msPerTrial,
      checkpointBytes: BYTES * size,
      ...(remark === undefined ? {} : { remark }),
    };
  } finally {
    trainer.dispose();
    task.dispose?.();
  }
}

/**
 * Times training steps of the arms' usual choices, in one process.
 * @throws Interrupted if the user asks to stop.
 */
export async function measureArms(
  study: Study,
  arms: readonly Arm[],
  options: DataOptions,
  limitMs: number,
): Promise<StepCosts> {
  await startEngine();
  const entered = await Promise.all(
    arms.map(async (arm) => {
      const { task, trainer, schedule } = await study.prepare({ ...arm.grid[arm.usual], seed: 1 }, options);
      return { name: arm.name, task, trainer: new Trainer(task, trainer), rate: schedule.learningRate };
    }),
  );
  const interruption = interruptible();
  const steps = entered.map(({ name, trainer, rate }) => ({
    name,
    step: async () => {
      await interruption.check();
      return fastestOfRow(() => timed(() => trainer.step(rate)));
    },
  }));
  try {
    return await measureStepCosts(steps, limitMs);
  } finally {
    interruption.release();
    for (const { task, trainer } of entered) {
      trainer.dispose();
      task.dispose?.();
    }
  }
}
