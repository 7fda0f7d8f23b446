import { SIGMOID_GATE, TANH_GATE } from '../../activations/gelu/gate-form.js';
import { normalRoot } from '../../activations/gelu/normal-form.js';
import { FAST_TERMS, TERMS, tableWithRow } from '../../numerics/mills.js';
import { onFirstUse } from '../../shared/cache.js';

// The scalar definition's own tables, so that there is nothing in which kernels could differ from it.

const ROW_COUNT = 40 * 16 + 1; // the kernels take the Mills ratio up to 40

/** The rows of the Mills ratio at i/16: c0, its low word, c1 … c10. */
export const millsRows: () => Float64Array = onFirstUse(() => {
  const rows = new Float64Array(ROW_COUNT * (FAST_TERMS + 1));
  for (let i = 0; i < ROW_COUNT; i++) {
    const source = tableWithRow(i);
    const from = i * 2 * TERMS;
    const to = i * (FAST_TERMS + 1);
    rows[to] = source[from];
    rows[to + 1] = source[from + TERMS];
    for (let k = 1; k < FAST_TERMS; k++) rows[to + 1 + k] = source[from + k];
  }
  return rows;
});

/** The rows of the derivatives' roots, form by form. */
export const ROOT_ROWS: readonly (() => Float64Array)[] = [
  () => normalRoot(),
  () => TANH_GATE.rootRow(),
  () => SIGMOID_GATE.rootRow(),
];
