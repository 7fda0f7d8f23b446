/** The compiled module of the package `gelu-native`; see its src/binding.c. */
export interface Addon {
  /** The instruction sets that this processor has kernels for, the fastest first. */
  readonly names: readonly string[];
  /** Works with that one from now on; false if it is not among them. */
  use(name: string): boolean;
  /** Whether it can form products and sums at once. */
  fused(): boolean;
  /** Elements `from` to `to` of out = f(x), or gradient · f(x), on so many threads. */
  run(
    kind: number,
    fused: boolean,
    header: Uint8Array,
    rows: Float64Array | Float32Array,
    x: Float32Array,
    out: Float32Array,
    gradient: Float32Array | undefined,
    from: number,
    to: number,
    threads: number,
  ): void;
  /** out = the form (0 none, 1 tanh, 2 sigmoid) or its derivative, times the gradient if there is one, in float64; see float64/tables.ts. */
  wide(
    form: number,
    derivative: boolean,
    powers: Float64Array,
    root: Float64Array,
    mills: Float64Array,
    x: Float64Array,
    out: Float64Array,
    gradient: Float64Array | undefined,
    threads: number,
  ): void;
  /** The least and the largest of the elements `from` to `to`, not regarding NaN. */
  extent(x: Float32Array, from: number, to: number, into: Float32Array): void;
}

/** Whether that is a compiled module of this interface. */
export function isAddon(module: unknown): module is Addon {
  const { names, run, wide, extent, use, fused } = (module ?? {}) as Partial<Addon>;
  return Array.isArray(names) && [run, wide, extent, use, fused].every((f) => typeof f === 'function');
}
