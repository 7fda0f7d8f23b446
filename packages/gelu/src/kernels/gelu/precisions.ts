import type { Precise } from '../memory/arena.js';
import { correct } from './correct.js';

/** How each precision is done. 'fast' comes with `gelu/fast`; without it the correctly rounded kernels do its work. */
export const precisions: { readonly correct: Precise; fast?: Precise } = { correct };
