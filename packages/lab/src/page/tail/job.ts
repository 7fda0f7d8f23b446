import type { FloatType } from 'gelu/numerics';
import type { Port } from '../work/types.js';
import { tailError, tailForms } from './forms.js';

export interface TailInput {
  type: FloatType;
  range: readonly [number, number];
}

/** The largest error of each form in each of some intervals. */
export interface TailOutput {
  x: Float64Array;
  errors: Float64Array[];
}

const PARTS = 240;
const INSIDE = 10;

export function tailJob({ type, range: [from, to] }: TailInput, { post }: Port): void {
  const forms = tailForms(type);
  const part = (to - from) / PARTS;
  const x = Float64Array.from({ length: PARTS }, (_, i) => from + (i + 0.5) * part);
  const errors = forms.map((form) =>
    x.map((middle) => {
      let worst = 0;
      for (let k = 0; k < INSIDE; k++) {
        const at = Math.fround(middle + ((k + 0.37) / INSIDE - 0.5) * part);
        worst = Math.max(worst, tailError(form, at, type));
      }
      return worst;
    }),
  );
  post({ x, errors } satisfies TailOutput);
}
