import { onFirstUse } from '../../shared/cache.js';
import type { Bytes, WasmModule } from '../../shared/globals.js';
import { BIAS, CORRECT, PIECES, TABLE } from './wasm.generated.js';

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
export type Compiled = () => { readonly module?: WasmModule };

export const correctModule: Compiled = /* @__PURE__ */ compiled(CORRECT);

export const tableModule: Compiled = /* @__PURE__ */ compiled(TABLE);

export const piecesModule: Compiled = /* @__PURE__ */ compiled(PIECES);

export const biasModule: Compiled = /* @__PURE__ */ compiled(BIAS);

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
export function decode(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}
