import { GeluRangeError } from 'gelu';
import type { MeanField } from 'gelu/numerics';

/** Near inputs grow alike and gradients die; they part and gradients explode; the signal itself grows without bound. */
export type Phase = 'order' | 'chaos' | 'unbounded';

export const PHASE_MARKS: Readonly<Record<Phase, string>> = { order: '·', chaos: '+', unbounded: '^' };

/** A variance that still grows after so many layers grows without bound; one that falls counts as settled. */
const LAYERS = 60;
const SETTLED = 1e-3;
const [SMALL, LARGE] = [1e-9, 1e9];

/** The phase of a network whose first layer is given variance 1: by χ where its variance settles (Schoenholz et al. 2017). */
export function phaseOf(field: MeanField, weightStd: number, biasStd: number): Phase {
  const network = { weightStd, biasStd };
  try {
    let [q, growth] = [1, 1];
    for (let layer = 0; layer < LAYERS; layer++) {
      const next = field.next(q, network);
      if (next < SMALL) return 'order';
      if (next > LARGE) return 'unbounded';
      growth = next / q - 1;
      q = next;
      if (Math.abs(growth) < SETTLED) break;
    }
    if (growth >= SETTLED) return 'unbounded';
    return field.chi(q, network) < 1 ? 'order' : 'chaos';
  } catch (error) {
    if (error instanceof GeluRangeError) return 'unbounded';
    throw error;
  }
}

const BIASES: readonly number[] = Array.from({ length: 41 }, (_, i) => i / 40);
const WEIGHTS: readonly number[] = Array.from({ length: 17 }, (_, i) => 2.4 - i / 10);

/** The phase diagram as text: the deviation of biases to the right, of weights upwards. */
export function phaseText(field: MeanField): string {
  const rows = WEIGHTS.map((weight) => {
    const cells = BIASES.map((bias) => PHASE_MARKS[phaseOf(field, weight, bias)]);
    return `${weight.toFixed(1).padStart(5)}  ${cells.join('')}`;
  });
  return [...rows, `${' '.repeat(7)}${'0'.padEnd(20)}${'0.5'.padEnd(20)}1`].join('\n');
}
