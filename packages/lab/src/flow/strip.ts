import { GeluRangeError } from 'gelu';
import type { MeanField } from 'gelu/numerics';

/** What becomes of a signal: its standard deviation over the layers falls, or rises, by more than `FACTOR`, or neither. */
export type Fate = 'dies' | 'keeps' | 'grows';

export const LAYERS = 50;
export const FACTOR = 10;
export const MARKS: Readonly<Record<Fate, string>> = { dies: '·', keeps: '=', grows: '+' };

const GAINS: readonly number[] = Array.from({ length: 41 }, (_, i) => 0.8 + i / 25);

/** What becomes of a signal of variance q in dense layers without biases, by gain. */
export function stripOf(field: MeanField, q: number, layers: number = LAYERS): { gain: number; fate: Fate }[] {
  return GAINS.map((gain) => ({ gain, fate: fateOf(sizeAfter(field, gain, q, layers)) }));
}

/** A signal's standard deviation after the layers, in units of that at the start. */
export function sizeAfter(field: MeanField, weightStd: number, start: number, layers: number = LAYERS): number {
  let q = start;
  try {
    for (let layer = 0; layer < layers && q > 1e-30 && q < 1e30; layer++) q = field.next(q, { weightStd });
  } catch (error) {
    if (!(error instanceof GeluRangeError)) throw error;
    return Number.POSITIVE_INFINITY; // a function that grows so fast that its mean square cannot be had any more
  }
  return Math.sqrt(q / start);
}

function fateOf(size: number): Fate {
  if (size < 1 / FACTOR) return 'dies';
  return size <= FACTOR ? 'keeps' : 'grows';
}

/** The strips as lines of text, with a scale; at most 80 columns. */
export function stripText(
  strips: readonly { label: string; strip: readonly { gain: number; fate: Fate }[] }[],
): string {
  const width = Math.min(26, Math.max(...strips.map(({ label }) => label.length)));
  const lines = strips.map(
    ({ label, strip }) => `${label.slice(0, width).padEnd(width)}  ${strip.map(({ fate }) => MARKS[fate]).join('')}`,
  );
  const [{ strip }] = strips;
  const [first, last] = [strip[0].gain, strip[strip.length - 1].gain].map((gain) => gain.toFixed(1));
  return [...lines, `${' '.repeat(width)}  ${first.padEnd(strip.length - last.length)}${last}`].join('\n');
}
