/** The instruction sets that this processor has kernels for, the fastest first. The rest is for `gelu/native` alone. */
export const names: readonly string[];
/** The file of the compiled module. */
export const path: string;
