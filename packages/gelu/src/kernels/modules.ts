import { onFirstUse } from '../numerics/lazy.js';
import { CORRECT, FAST, FAST_RELAXED } from './wasm.generated.js';

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
}

/** 'correct': correctly rounded. 'fast': within 1.35 ULP. */
export type Precision = 'correct' | 'fast';

/** The compiled modules by precision; none where the engine has no WebAssembly with SIMD. */
export const modules: () => { readonly [precision in Precision]?: WebAssembly.Module } = onFirstUse(() => {
  try {
    const correct = decode(CORRECT);
    if (!WebAssembly.validate(correct)) return {};
    const relaxed = decode(FAST_RELAXED);
    const fast = WebAssembly.validate(relaxed) ? relaxed : decode(FAST);
    return { correct: new WebAssembly.Module(correct), fast: new WebAssembly.Module(fast) };
  } catch {
    return {}; // no WebAssembly at all, or the page's policy forbids to compile it
  }
});

export function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
