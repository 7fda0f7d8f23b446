import type { Approximate } from 'gelu';

/** The forms of GELU, the exact one first. */
export const FORMS = ['none', 'tanh', 'sigmoid'] as const satisfies readonly Approximate[];
