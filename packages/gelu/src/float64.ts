/**
 * `gelu/float64`: imported for what it does, GELU in float64 several times as fast, with the same bits. In Node `gelu`
 * has it already; in a browser, where every kilobyte counts, write `import 'gelu/float64'` if you work in float64.
 */
import { faster } from './activations/gelu/faster.js';
import { inlinedFunction } from './activations/gelu/inlined.js';
import { float64Backward, float64Forward } from './kernels/float64/run.js';

faster.float64 = {
  scalar: inlinedFunction,
  kernel: (approximate, order) => ({
    forward: (x, out) => float64Forward(approximate, order, x, out),
    backward: (gradOutput, x, out) => float64Backward(approximate, gradOutput, x, out),
  }),
};
