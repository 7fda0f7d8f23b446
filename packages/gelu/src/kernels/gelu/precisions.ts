import type { Program } from '../memory/program.js';
import { correctProgram } from './correct.js';
import type { SmoothFunction } from './smooth.js';

/** The kernel of each precision. 'fast' comes with `gelu/fast`; without it the correctly rounded kernels do its work. */
export const precisions: {
  readonly correct: (f: SmoothFunction) => Program;
  fast?: (f: SmoothFunction) => Program;
} = { correct: correctProgram };
