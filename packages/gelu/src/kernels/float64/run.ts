import { APPROXIMATE, type Approximate } from '../../activations/gelu/approximate.js';
import { inlinedFunction } from '../../activations/gelu/inlined.js';
import { native } from '../native/hook.js';
import { FLOAT64_CHUNK, type Float64Kernels, float64Kernels } from './module.js';

/** Shorter arrays are not worth the compilation of the kernels. */
const SCALAR_LENGTH = 64;
/** Nor these a call into a native module. */
const NATIVE_LENGTH = 256;

/**
 * out = the form with mean 0 and std 1, or its derivative (order 1), on float64 arrays of one length; `out` may be `x`.
 * Any byte offset, shared memory too. Synchronous.
 *
 * The same bits as `evaluate`, by its own operations on two elements at a time in WebAssembly, through whose memory the
 * arrays pass in chunks that fit the first-level cache; where there is no WebAssembly with SIMD, by `evaluate`.
 */
export function float64Forward(approximate: Approximate, order: 0 | 1, x: Float64Array, out: Float64Array): void {
  if (native.float64 !== undefined && x.length >= NATIVE_LENGTH) {
    native.float64(formOf(approximate), order, x, out, undefined);
    return;
  }
  const kernels = kernelsFor(x.length);
  if (kernels === undefined) {
    const f = inlinedFunction(approximate, order);
    for (let i = 0; i < x.length; i++) out[i] = f(x[i]);
    return;
  }
  const form = formOf(approximate);
  for (let i = 0; i < x.length; i += FLOAT64_CHUNK) {
    const n = Math.min(FLOAT64_CHUNK, x.length - i);
    kernels.stage.set(x.subarray(i, i + n));
    kernels.evaluate(form, order, n);
    out.set(kernels.stage.subarray(0, n), i);
  }
}

/** out = gradOutput · the derivative at x, the product rounded once more; `out` may be either input. As above. */
export function float64Backward(
  approximate: Approximate,
  gradOutput: Float64Array,
  x: Float64Array,
  out: Float64Array,
): void {
  if (native.float64 !== undefined && x.length >= NATIVE_LENGTH) {
    native.float64(formOf(approximate), 1, x, out, gradOutput);
    return;
  }
  const kernels = kernelsFor(x.length);
  if (kernels === undefined) {
    const f = inlinedFunction(approximate, 1);
    for (let i = 0; i < x.length; i++) out[i] = gradOutput[i] * f(x[i]);
    return;
  }
  const form = formOf(approximate);
  for (let i = 0; i < x.length; i += FLOAT64_CHUNK) {
    const n = Math.min(FLOAT64_CHUNK, x.length - i);
    kernels.stage.set(x.subarray(i, i + n));
    kernels.stageGradient.set(gradOutput.subarray(i, i + n));
    kernels.evaluate(form, 1, n);
    kernels.multiply(n);
    out.set(kernels.stage.subarray(0, n), i);
  }
}

const formOf = (approximate: Approximate): 0 | 1 | 2 => APPROXIMATE.indexOf(approximate) as 0 | 1 | 2;

function kernelsFor(length: number): Float64Kernels | undefined {
  return length < SCALAR_LENGTH ? undefined : float64Kernels().kernels;
}
