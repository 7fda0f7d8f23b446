import { CORRECT_ROW, correctTable } from '../kernels/correct-table.js';
import { rowNumber, type SmoothFunction } from '../kernels/smooth.js';
import { scale } from '../numerics/scale.js';

/**
 * out = f(x), correctly rounded, float32. The same operations in the same order on the same tables as the kernels in
 * WebAssembly, so the same bits; only the rows that are needed are fitted. `out` may be `x`.
 */
export function forwardInJavaScript(f: SmoothFunction, x: Float32Array, out: Float32Array): void {
  for (let i = 0; i < x.length; i++) out[i] = valueAt(f, x[i]);
}

/** out = gradOutput · f(x), rounded once; the other facts as for the forward pass. `out` may be either input. */
export function backwardInJavaScript(
  f: SmoothFunction,
  gradOutput: Float32Array,
  x: Float32Array,
  out: Float32Array,
): void {
  for (let i = 0; i < x.length; i++) out[i] = gradOutput[i] * factorAt(f, x[i]);
}

/**
 * As `forwardInJavaScript`, for the first few elements: by the definition, since a row costs six times as much. Both are
 * far nearer to the exact value than DOUBT, so they round alike wherever that much either way rounds alike; elsewhere,
 * at one input of ten thousand, the row decides.
 */
export function forwardFew(f: SmoothFunction, x: Float32Array, out: Float32Array): void {
  const { low, high } = f.correct;
  for (let i = 0; i < x.length; i++) {
    const xi = x[i];
    if (xi > low && xi < high && xi !== 0) {
      const y = definition(f, xi);
      const rounded = Math.fround(y * (1 - DOUBT));
      if (rounded !== 0 && rounded === Math.fround(y * (1 + DOUBT))) {
        out[i] = rounded;
        continue;
      }
    }
    out[i] = valueAt(f, xi);
  }
}

/** As `backwardInJavaScript`, for the first few elements. */
export function backwardFew(f: SmoothFunction, gradOutput: Float32Array, x: Float32Array, out: Float32Array): void {
  const { low, high } = f.correct;
  for (let i = 0; i < x.length; i++) {
    const xi = x[i];
    const g = gradOutput[i];
    if (xi > low && xi < high) {
      const y = definition(f, xi);
      const rounded = Math.fround(g * (y * (1 - DOUBT)));
      if (rounded !== 0 && rounded === Math.fround(g * (y * (1 + DOUBT)))) {
        out[i] = rounded;
        continue;
      }
    }
    out[i] = g * factorAt(f, xi);
  }
}

/** More than a row's relative error, which is 2⁻⁴¹ in the rows that were nudged and 2⁻⁵² in the others. */
const DOUBT = 2 ** -39;
const value = new Float64Array(3);

function definition(f: SmoothFunction, x: number): number {
  f.evaluate(x, value);
  return scale(value[0], value[2]);
}

/** f(x), to be rounded, for any x. */
function valueAt(f: SmoothFunction, x: number): number {
  if (f.above !== 'identity') return factorAt(f, x);
  if (Number.isNaN(x) || x === 0 || x >= f.correct.high || x > correctTable(f).top) return x;
  return x === -Infinity ? -0 : curve(f, x);
}

/** f(x) in float64 for any x, f a function with limits. */
function factorAt(f: SmoothFunction, x: number): number {
  if (Number.isNaN(x)) return x;
  if (x >= f.correct.high) return f.above as number;
  return x === -Infinity ? 0 : curve(f, x);
}

/** The row's polynomial at x, in float64. */
function curve(f: SmoothFunction, x: number): number {
  const table = correctTable(f);
  const { map, data } = table;
  const row = rowNumber(map, x) - table.first;
  table.fit(row);
  const at = row * CORRECT_ROW;
  const d = Math.min(Math.max(x, map.low), map.high) - data[at];
  const tail = data[at + 3] + d * (data[at + 4] + d * data[at + 5]);
  return data[at + 1] + (data[at + 2] * d + d * d * tail);
}
