/** Which GELU: the exact one, or one of the two approximations of the paper, as functions in their own right. */
export type Approximate = 'none' | 'tanh' | 'sigmoid';

/** The allowed values of `approximate`. */
export const APPROXIMATE: readonly Approximate[] = ['none', 'tanh', 'sigmoid'];
