/** Which GELU: the exact one, or one of the two approximations of the paper, as functions in their own right. */
export type Approximate = 'none' | 'tanh' | 'sigmoid';

/** How other frameworks write it: Keras, TensorFlow and JAX with a boolean, MLX with 'precise' and 'fast'. */
export type ApproximateWord = Approximate | boolean | 'precise' | 'fast';

/** The allowed values of `approximate`. */
export const APPROXIMATE: readonly Approximate[] = ['none', 'tanh', 'sigmoid'];

/** What the words of other frameworks mean. */
export const APPROXIMATE_WORDS: readonly (readonly [ApproximateWord, Approximate])[] = [
  [true, 'tanh'],
  [false, 'none'],
  ['precise', 'tanh'],
  ['fast', 'sigmoid'],
];
