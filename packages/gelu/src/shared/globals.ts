/**
 * The type of a global class where the program's own libraries of types have it, else `object`: declarations that name it
 * otherwise are errors in programs without the DOM's types, or without those of WebGPU.
 */
export type Global<Name extends string> = typeof globalThis extends { readonly [K in Name]: { prototype: infer T } }
  ? T
  : object;

type WebAssemblyClass<Name extends string> = typeof globalThis extends {
  WebAssembly: { readonly [K in Name]: { prototype: infer T } };
}
  ? T
  : object;

export type WasmMemory = WebAssemblyClass<'Memory'>;
export type WasmModule = WebAssemblyClass<'Module'>;

/** A Uint8Array on an ArrayBuffer: before TypeScript 5.7 the class has no parameter that could say so. */
export type Bytes = ReturnType<typeof Uint8Array.of>;

/** Likewise, floats. */
export type Floats = ReturnType<typeof Float32Array.of>;
