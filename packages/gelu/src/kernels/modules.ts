import { onFirstUse } from '../numerics/lazy.js';
import { BIAS, CORRECT, FAST, FAST_RELAXED, JAX, JAX_SHARED } from './wasm.generated.js';

/** A kernel's arguments after the addresses: the number of elements, the index map and where row 0 would be. */
export type MapArguments = [n: number, low: number, high: number, centre: number, density: number, origin: number];

/** What a module exports. Addresses are in bytes, the number of elements is a multiple of 8. */
export interface Kernels {
  /** A function that becomes x above `top`. */
  identity(x: number, out: number, ...rest: [...MapArguments, top: number]): void;
  /** A function with limits. */
  limits(x: number, out: number, ...rest: MapArguments): void;
  /** gradOutput times a function with limits. */
  product(gradOutput: number, x: number, out: number, ...rest: MapArguments): void;
  /** Leaves the least and the largest of n elements, four of each, in the scratch. Where it is missing tables are whole. */
  extent?(x: number, n: number): void;
}

/** Sums for bias + activation: addresses in bytes, any alignment. */
export interface BiasKernels {
  /** array += other. */
  add(array: number, other: number, n: number): void;
  /** sums += each of `count` rows of `columns` elements, one after the other, in float64. */
  accumulate(sums: number, rows: number, columns: number, count: number): void;
}

/** 'correct': correctly rounded. 'fast': within 1 ULP. */
export type Precision = 'correct' | 'fast';

/** A module, compiled at the first call; none where the engine cannot. */
export type Compiled = () => { readonly module?: WebAssembly.Module };

/** The kernels by precision. */
export const modules: { readonly [precision in Precision]: Compiled } = {
  correct: /* @__PURE__ */ compiled(CORRECT),
  fast: /* @__PURE__ */ compiled(FAST_RELAXED, FAST),
};

export const biasModule: Compiled = /* @__PURE__ */ compiled(BIAS);

/** The kernel for jax-js's memory, which is shared or not. */
export const jaxModule: Compiled = /* @__PURE__ */ compiled(JAX);
export const jaxSharedModule: Compiled = /* @__PURE__ */ compiled(JAX_SHARED);

/** The first of these modules that the engine accepts. */
/* @__NO_SIDE_EFFECTS__ */
export function compiled(...texts: string[]): Compiled {
  return onFirstUse(() => {
    for (const text of texts)
      try {
        return { module: new WebAssembly.Module(decode(text)) };
      } catch {
        // no such instructions, no WebAssembly at all, or the page's policy forbids to compile it
      }
    return {};
  });
}

/** The bytes of a module: two hexadecimal digits each, which compress almost as well as the bytes. */
export function decode(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = digit(text, 2 * i) * 16 + digit(text, 2 * i + 1);
  return bytes;
}

function digit(text: string, i: number): number {
  const code = text.charCodeAt(i);
  return code > 57 ? code - 87 : code - 48;
}
