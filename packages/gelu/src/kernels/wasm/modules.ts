import { onFirstUse } from '../../shared/cache.js';
import { BIAS, CORRECT } from './wasm.generated.js';

/** A kernel's arguments after the addresses: the number of elements, the index map and where row 0 would be. */
export type MapArguments = [n: number, low: number, high: number, centre: number, density: number, origin: number];

/** What the modules export. Addresses are in bytes, the number of elements is a multiple of 8. */
export interface CommonKernels {
  /** gradOutput times a function with limits. */
  product(gradOutput: number, x: number, out: number, ...rest: MapArguments): void;
}

export interface CorrectKernels extends CommonKernels {
  /** A function. `top`: the largest x on its curve; `lost`: the bits of x that do not show in the result up to there. */
  forward(x: number, out: number, ...rest: [...MapArguments, top: number, lost: number]): void;
  /** Leaves the least and the largest of n elements, four of each, in the scratch. */
  extent(x: number, n: number): void;
}

export interface FastKernels extends CommonKernels {
  /** A function that becomes x above the curve. */
  identity(x: number, out: number, ...rest: MapArguments): void;
  /** A function with limits. */
  limits(x: number, out: number, ...rest: MapArguments): void;
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

export const correctModule: Compiled = /* @__PURE__ */ compiled(CORRECT);

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
export function decode(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}
