import { activationFunction } from 'gelu';
import { random } from '../numbers/random.js';
import { numbers, rounded } from './format.js';
import { boundOf, type FunctionName } from './functions.js';
import type { Target } from './target.js';

/** A target's time on an array that becomes an array, and this library's, in turns. */
export interface Speed {
  elements: number;
  /** Nanoseconds for an element, of the fastest round. */
  nanoseconds: number;
  /** The target's time in times of this library's. */
  ratio: number;
}

const ELEMENTS = 1 << 16;
/** Slow targets get fewer rounds. */
const LONGEST_MS = 500;

/** Times a function of a target beside this library's; float16 beside float32. */
export async function speedOf(target: Target, name: FunctionName, rounds: number): Promise<Speed> {
  const { normal } = random(1, 'landscape');
  const x = numbers(target.format, ELEMENTS).map(() => rounded(2 * normal(), target.format));
  const f = activationFunction(boundOf(name));
  const own = (): unknown => f(x);
  const other = (): unknown => target.evaluate(name, x, 0);
  const least = [Infinity, Infinity];
  const end = performance.now() + LONGEST_MS;
  for (let round = -2; round < rounds && (round < 3 || performance.now() < end); round++)
    for (const [i, run] of [own, other].entries()) {
      const start = performance.now();
      const pending = run();
      if (pending instanceof Promise) await pending;
      if (round >= 0) least[i] = Math.min(least[i], performance.now() - start);
    }
  return { elements: ELEMENTS, nanoseconds: (least[1] * 1e6) / ELEMENTS, ratio: least[1] / least[0] };
}
