import { CORRECT_ROW, correctTable } from '../kernels/correct-table.js';
import { rowNumber, type SmoothFunction } from '../kernels/smooth.js';

/**
 * out = f(x), correctly rounded, float32. The same operations in the same order on the same tables as the kernels in
 * WebAssembly, so the same bits; only the rows that are needed are fitted. `out` may be `x`.
 */
export function forwardInJavaScript(f: SmoothFunction, x: Float32Array, out: Float32Array): void {
  for (let i = 0; i < x.length; i++) {
    const xi = x[i];
    if (Number.isNaN(xi)) out[i] = xi;
    else if (f.above === 'identity' && (xi === 0 || xi > correctTable(f).top)) out[i] = xi;
    else out[i] = xi === -Infinity ? (f.above === 'identity' ? -0 : 0) : curve(f, xi);
  }
}

/** out = gradOutput · f(x), rounded once; the other facts as for the forward pass. `out` may be either input. */
export function backwardInJavaScript(
  f: SmoothFunction,
  gradOutput: Float32Array,
  x: Float32Array,
  out: Float32Array,
): void {
  for (let i = 0; i < x.length; i++) {
    const xi = x[i];
    out[i] = gradOutput[i] * (Number.isNaN(xi) ? xi : xi === -Infinity ? 0 : curve(f, xi));
  }
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
