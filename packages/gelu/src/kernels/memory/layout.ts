/** Elements that go through a memory at a time when an array lives outside it: input and gradient fit the L2 cache. */
export const CHUNK = 16384;

/** The places in a memory in which kernels work, in bytes. */
export interface Layout {
  /** Where the kernels keep the row addresses of a block of 512 elements. */
  readonly scratch: number;
  /**
   * Room for a chunk of the input, which is also the output's, and for one of the gradient. Not at a cache line's start:
   * memory from malloc is not either, and a copy between like places is faster by a third.
   */
  readonly stage: number;
  readonly stageGradient: number;
  /** Tables: from here, a page's start, to the end of what the kernels have. */
  readonly tables: number;
  readonly end: number;
}

/** Where allocated arrays begin in a memory of our own: below are the tables, of which the fast kernels' must be below 2²³. */
export const HEAP = 8388608;

/** The places in a memory of our own; the modules know where the scratch is. */
export const OWN: Layout = { scratch: 1024, stage: 4112, stageGradient: 69712, tables: 139264, end: HEAP };
