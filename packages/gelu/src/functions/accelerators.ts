import { faster } from '../activations/gelu/faster.js';
import { inlinedFunction } from '../activations/gelu/inlined.js';
import { roughFunction } from '../activations/gelu/rough.js';
import { quick, quickCall } from '../input/quick.js';
import { float64Backward, float64Forward } from '../kernels/float64/run.js';
import { fastProgram } from '../kernels/gelu/fast.js';
import { precisions } from '../kernels/gelu/precisions.js';
import { runFew } from '../kernels/memory/few.js';
import { few } from '../kernels/memory/stage.js';

/** What `gelu/fast` does. */
export function useFast(): void {
  precisions.fast = fastProgram;
  faster.rough = roughFunction;
  quick.call = quickCall;
  few.run = runFew;
}

/** What `gelu/float64` does. */
export function useFloat64(): void {
  faster.float64 = {
    scalar: inlinedFunction,
    kernel: (approximate, order) => ({
      forward: (x, out) => float64Forward(approximate, order, x, out),
      backward: (gradOutput, x, out) => float64Backward(approximate, gradOutput, x, out),
    }),
  };
}
