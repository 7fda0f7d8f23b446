import { CORRECT_ROW, correctTable } from './correct-table.js';
import { rowNumber, type SmoothFunction } from './smooth.js';

/** More than a row's relative error, which is 2⁻⁴¹ in the rows that were nudged and 2⁻⁵² in the others, and a rough value's: 2⁻³⁹. */
const DOUBT = 2e-12;

/**
 * out = f(x), or gradOutput · f(x), correctly rounded, float32. The same operations in the same order on the same tables as
 * the kernels in WebAssembly, so the same bits; only the rows that are needed are fitted. `out` may be either input.
 *
 * With `few`, for the first few elements, by rough values, since a row costs six times as much. Both are nearer to the exact
 * value than DOUBT, so they round alike wherever that much either way rounds alike; elsewhere, at one input of ten
 * thousand, the row decides.
 */
export function inJavaScript(
  f: SmoothFunction,
  x: Float32Array,
  out: Float32Array,
  gradOutput?: Float32Array,
  few = false,
): void {
  const { low, high } = f.correct;
  const rough = few && f.rough();
  for (let i = 0; i < x.length; i++) {
    const xi = x[i];
    const g = gradOutput ? gradOutput[i] : 1;
    if (rough && xi > low && xi < high && xi !== 0) {
      const y = rough(xi);
      const rounded = Math.fround(g * (y * (1 - DOUBT)));
      if (rounded !== 0 && rounded === Math.fround(g * (y * (1 + DOUBT)))) {
        out[i] = rounded;
        continue;
      }
    }
    out[i] = g * valueAt(f, xi);
  }
}

/** f(x), to be rounded, for any x. */
function valueAt(f: SmoothFunction, x: number): number {
  if (Number.isNaN(x)) return x;
  if (f.above !== 'identity') return x >= f.correct.high ? f.above : x === -Infinity ? 0 : curve(f, x);
  if (x === 0 || x > f.top) return x;
  return x === -Infinity ? -0 : curve(f, x);
}

/** The row's polynomial at x, which is below `high`, in float64. */
function curve(f: SmoothFunction, x: number): number {
  const table = correctTable(f);
  const { map, data } = table;
  const row = rowNumber(map, x) - table.first;
  table.fit(row);
  const at = row * CORRECT_ROW;
  const d = Math.max(x, map.low) - data[at];
  const tail = data[at + 3] + d * (data[at + 4] + d * data[at + 5]);
  return data[at + 1] + (data[at + 2] * d + d * d * tail);
}
