import type { BlockShape } from './transformer.js';

/**
 * GPT-2's decoder (Radford et al. 2019): token and position embeddings, blocks with causal attention, a last layer norm, and
 * logits from the token embeddings again (tied).
 */
export interface GptShape extends BlockShape {
  vocabulary: number;
  context: number;
}

/** Matrices whose width is a multiple of 4 multiply many times faster in jax-js. */
export function padded({ vocabulary }: GptShape): number {
  return Math.ceil(vocabulary / 4) * 4;
}
