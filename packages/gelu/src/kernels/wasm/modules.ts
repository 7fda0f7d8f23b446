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

/** The module, or none if the engine does not accept it. */
/* @__NO_SIDE_EFFECTS__ */
export function compiled(text: string): Compiled {
  return onFirstUse(() => {
    try {
      return { module: new WebAssembly.Module(decode(text)) };
    } catch {
      return {}; // no such instructions, no WebAssembly at all, or the page's policy forbids to compile it
    }
  });
}

/** The bytes of a module from the text that scripts/build-kernels.mjs writes: it compresses as well as the bytes do. */
export function decode(text: string): Bytes {
  const bytes: number[] = [];
  let page = -4;
  for (const character of text) {
    const n = character.charCodeAt(0) - 37;
    if (n < 80) bytes.push(n + page);
    page = n < 80 ? -4 : n * 80 - 6324;
  }
  return Uint8Array.from(bytes);
}
