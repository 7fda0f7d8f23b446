/** The forms of GELU, the exact one first. */
export const FORMS: readonly ['none', 'tanh', 'sigmoid'] = ['none', 'tanh', 'sigmoid'];
