import { cosSin, ln } from './exact.js';

/** Random numbers that depend on the seed and on the name of their use, so that no use disturbs another. */
export interface Random {
  /** Even in [0, 1). */
  uniform(): number;
  /** Mean 0, variance 1. */
  normal(): number;
  /** 0 … n − 1 in random order. */
  permutation(n: number): Uint32Array;
}

/**
 * The same seed, name and counter give the same numbers on every machine and engine. The counter makes a source for each step of a
 * training, so that nothing has to be remembered from step to step.
 */
export function random(seed: number, name: string, counter = 0): Random {
  const uniform = source(seed, hash(name), counter);
  return {
    uniform,
    // Box–Muller; 1 − u is in (0, 1], so the logarithm is finite.
    normal: () => Math.sqrt(-2 * ln(1 - uniform())) * cosSin(2 * Math.PI * uniform())[0],
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

/** 32 bits a number (sfc32, Chris Doty-Humphrey, PractRand): a state of 128 bits, mixed from three numbers before use. */
function source(a: number, b: number, c: number): () => number {
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** FNV-1a. */
function hash(name: string): number {
  let value = 0x811c9dc5;
  for (const character of name) value = Math.imul(value ^ character.codePointAt(0)!, 0x01000193);
  return value;
}

/**
 * Even random numbers in [0, 1) with 32 bits, the same for the same seed (mulberry32, Tommy Ettinger 2017): the points at which
 * accuracy is measured, so that what was found with them can be found again. All else takes `random`.
 */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
