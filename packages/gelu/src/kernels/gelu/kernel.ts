import { keptFor } from '../../shared/cache.js';
import type { Program } from '../memory/program.js';
import { run } from '../memory/stage.js';
import type { Kernel } from '../target.js';
import type { Precision } from '../wasm/modules.js';
import { inJavaScript } from './javascript.js';
import { precisions } from './precisions.js';
import type { SmoothFunction } from './smooth.js';

/** Elements of a function that the definition itself computes, before kernels and tables are worth making. */
const LITTLE = 16384;

/** The float32 kernel of f: always the same one. */
export const geluKernel: (f: SmoothFunction) => Required<Kernel<Float32Array>> = keptFor(makeKernel);

/**
 * f, or, f a derivative, gradOutput · f in one pass, on float32 arrays of one length; `out` may be either input. Any byte
 * offset, shared memory too. Synchronous.
 *
 * 'correct': correctly rounded, the same bits on every engine; of a product, once, with f(x) in float64. 'fast': within 1
 * ULP, f(x) and the product rounded. Arrays that do not live in WebAssembly's memory (see `allocate`) pass through it in
 * chunks that fit the cache.
 */
function makeKernel(f: SmoothFunction): Required<Kernel<Float32Array>> {
  /** Elements asked for, while these are few. */
  let done = 0;
  const programs: { [precision in Precision]?: Program } = {};
  const program = (wanted: Precision): Program | undefined => {
    const precision = precisions[wanted] ? wanted : 'correct';
    programs[precision] ??= (precisions[precision] as typeof precisions.correct)(f);
    const made = programs[precision];
    return made.module().module && made;
  };
  const apply = (x: Float32Array, out: Float32Array, precision: Precision, gradOutput?: Float32Array): void => {
    if (done <= LITTLE) done += x.length;
    // 'fast' gives an element the same bits in every array, which only its own kernel does.
    const few = done <= LITTLE && !(precision === 'fast' && precisions.fast);
    const loaded = few ? undefined : program(precision);
    if (loaded) run(loaded, x, out, gradOutput);
    else inJavaScript(f, x, out, gradOutput, few);
  };
  return {
    forward: apply,
    backward: (gradOutput, x, out, precision) => apply(x, out, precision, gradOutput),
    program,
  };
}
