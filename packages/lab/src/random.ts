import { randomSource } from './peers/random.js';

/** Random numbers that depend on the seed and on the name of their use, so that no use disturbs another. */
export interface Random {
  /** Even in [0, 1). */
  uniform(): number;
  /** Mean 0, variance 1. */
  normal(): number;
  /** 0 … n − 1 in random order. */
  permutation(n: number): Uint32Array;
}

/** The same seed and name give the same numbers on every machine. */
export function random(seed: number, name: string): Random {
  const uniform = randomSource(mix(seed, name));
  return {
    uniform,
    // Box–Muller; 1 − u is in (0, 1], so the logarithm is finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    permutation: (n) => shuffled(n, uniform),
  };
}

/** Fisher–Yates. */
function shuffled(n: number, uniform: () => number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** FNV-1a over the seed and the name. */
function mix(seed: number, name: string): number {
  let hash = 0x811c9dc5;
  for (const character of `${seed}/${name}`) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return hash;
}
