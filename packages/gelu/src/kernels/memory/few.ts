import { stagingMemory } from './memories.js';
import type { Program } from './program.js';
import { isMade } from './stage.js';

/** As `run` of stage.ts for few elements: without what a call on many can afford. */
export function runFew(program: Program, x: Float32Array, out: Float32Array, gradOutput?: Float32Array): number {
  const { length } = x;
  const memory = stagingMemory();
  const kernel = memory.load(program);
  const { stage, stageGradient } = memory;
  const { stage: stageAt, stageGradient: gradientAt } = memory.layout;
  let [least, largest] = [Infinity, -Infinity];
  for (let k = 0; k < length; k++) {
    stage[k] = x[k];
    if (x[k] < least) least = x[k];
    if (x[k] > largest) largest = x[k];
    if (gradOutput) stageGradient[k] = gradOutput[k];
  }
  if (!isMade(kernel, least, largest, length)) return 0;
  // What stands in the stage behind them, up to a multiple of 8, is of earlier calls; nobody gets its results.
  const n = (length + 7) & ~7;
  if (gradOutput === undefined) kernel.forward(stageAt, stageAt, n, kernel.at);
  else kernel.backward(gradientAt, stageAt, stageAt, n, kernel.at);
  for (let k = 0; k < length; k++) out[k] = stage[k];
  return length;
}
