import { median } from '../statistics.js';
import { startEngine, Trainer } from '../training/trainer.js';
import { timed } from './processor-time.js';
import type { Arm, DataOptions, Study } from './types.js';

/** The cost of a step with each arm's settings, relative to the cheapest. */
export type Pace = Readonly<Record<string, number>>;

/** The first steps compile. */
const COMPILING = 3;

/**
 * Measures the arms' steps in turn, in one process, so that whatever else the machine does meets them alike: for each round the time
 * of each arm's step relative to the round's mean, then the median over the rounds.
 */
export async function measurePace(
  study: Study,
  arms: readonly Arm[],
  options: DataOptions,
  rounds = 15,
): Promise<Pace> {
  await startEngine();
  const racers = await Promise.all(
    arms.map(async (arm) => {
      const { task, trainer, schedule } = await study.prepare({ ...arm.grid[arm.usual], seed: 1 }, options);
      return { name: arm.name, task, trainer: new Trainer(task, trainer), rate: schedule.learningRate };
    }),
  );
  try {
    const shares = new Map<string, number[]>(racers.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds + COMPILING; round++) {
      const ms: number[] = [];
      for (const { trainer, rate } of racers) ms.push(await timed(() => trainer.step(rate)));
      const mean = ms.reduce((sum, x) => sum + x, 0) / ms.length;
      if (round < COMPILING) continue;
      for (const [i, { name }] of racers.entries()) shares.get(name)!.push(ms[i] / mean);
    }
    const medians = [...shares].map(([name, values]) => [name, median(values)] as const);
    const least = Math.min(...medians.map(([, value]) => value));
    return Object.fromEntries(medians.map(([name, value]) => [name, value / least]));
  } finally {
    for (const { task, trainer } of racers) {
      trainer.dispose();
      task.dispose?.();
    }
  }
}
