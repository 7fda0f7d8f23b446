import type { Program } from '../memory/program.js';
import { run } from '../memory/stage.js';
import type { Kernel } from '../target.js';
import type { Precision } from '../wasm/modules.js';
import { fewInJavaScript, inJavaScript } from './javascript.js';
import { precisions } from './precisions.js';
import type { SmoothFunction } from './smooth.js';

/** Elements of a function that the definition itself computes, before kernels and tables are worth making. */
const LITTLE = 16384;

const kernels = /* @__PURE__ */ new WeakMap<SmoothFunction, Required<Kernel<Float32Array>>>();

/** The float32 kernel of f: always the same one. */
export function geluKernel(f: SmoothFunction): Required<Kernel<Float32Array>> {
  let kernel = kernels.get(f);
  if (kernel === undefined) {
    kernel = makeKernel(f);
    kernels.set(f, kernel);
  }
  return kernel;
}

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
    const made = programs[precision] ?? (precisions[precision] as typeof precisions.correct)(f);
    programs[precision] = made;
    return made.module().module && made;
  };
  const apply = (x: Float32Array, out: Float32Array, precision: Precision, gradOutput?: Float32Array): void => {
    if (done <= LITTLE) done += x.length;
    if (done <= LITTLE) {
      fewInJavaScript(f, x, out, gradOutput);
      return;
    }
    const loaded = program(precision);
    if (loaded) run(loaded, x, out, gradOutput);
    else inJavaScript(f, x, out, gradOutput);
  };
  return {
    forward: apply,
    backward: (gradOutput, x, out, precision) => apply(x, out, precision, gradOutput),
    program,
  };
}
