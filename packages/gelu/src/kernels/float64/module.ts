import { powers } from '../../numerics/exp.js';
import { onFirstUse } from '../../shared/cache.js';
import { decode } from '../wasm/modules.js';
import { FLOAT64 } from '../wasm/wasm-float64.generated.js';
import { millsRows, ROOT_ROWS } from './tables.js';

/** Elements that pass through the memory at a time: input and gradient fit the first-level cache. */
export const FLOAT64_CHUNK = 1024;

const ROOT_SPACING = 16; // elements between the rows of the roots

interface Exports {
  readonly POWERS: WebAssembly.Global;
  readonly ROOTS: WebAssembly.Global;
  readonly ROWS: WebAssembly.Global;
  readonly STAGE: WebAssembly.Global;
  /** form: 0 none, 1 tanh, 2 sigmoid; addresses in bytes; n even. */
  evaluate(form: number, derivative: number, x: number, out: number, n: number): void;
  /** out = gradOutput · out. */
  multiply(gradOutput: number, out: number, n: number): void;
}

/** The float64 kernels with their memory, through which every array passes. */
export interface Float64Kernels {
  readonly stage: Float64Array;
  readonly stageGradient: Float64Array;
  /** Replaces the first n elements of `stage` by the form, or its derivative. */
  evaluate(form: 0 | 1 | 2, order: 0 | 1, n: number): void;
  /** Multiplies the first n elements of `stage` by those of `stageGradient`. */
  multiply(n: number): void;
}

/** The kernels; none where the engine has no WebAssembly with SIMD. */
export const float64Kernels: () => { readonly kernels?: Float64Kernels } = onFirstUse(() => {
  try {
    const bytes = decode(FLOAT64);
    return WebAssembly.validate(bytes) ? { kernels: start(new WebAssembly.Module(bytes)) } : {};
  } catch {
    return {}; // no WebAssembly at all, or the page's policy forbids to compile it
  }
});

function start(module: WebAssembly.Module): Float64Kernels {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 2 });
  const { buffer } = memory;
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const { POWERS, ROOTS, ROWS, STAGE, evaluate, multiply } = exports as unknown as Exports;
  const floats = (address: number, length: number) => new Float64Array(buffer, address, length);
  const stage: number = STAGE.value;
  const stageGradient = stage + 8 * FLOAT64_CHUNK;

  // Each table when it is needed.
  floats(POWERS.value, powers().length).set(powers());
  const placeRows = onFirstUse(() => {
    const target = floats(ROWS.value, millsRows().length);
    target.set(millsRows());
    return target;
  });
  const placeRoot = ROOT_ROWS.map((row, form) =>
    onFirstUse(() => {
      const target = floats(ROOTS.value + 8 * ROOT_SPACING * form, ROOT_SPACING);
      target.set(row());
      return target;
    }),
  );

  return {
    stage: floats(stage, FLOAT64_CHUNK),
    stageGradient: floats(stageGradient, FLOAT64_CHUNK),
    evaluate: (form, order, n) => {
      if (form === 0) placeRows();
      if (order === 1) placeRoot[form]();
      evaluate(form, order, stage, stage, n + (n & 1));
    },
    multiply: (n) => multiply(stageGradient, stage, n + (n & 1)),
  };
}
