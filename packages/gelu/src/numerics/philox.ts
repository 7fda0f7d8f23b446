// Philox 4×32-10 of Salmon, Moraes, Dror, Shaw: Parallel Random Numbers: As Easy as 1, 2, 3 (SC 2011): 128 random bits as a
// function of a counter of 128 bits and a key of 64 bits. No state, so every element of an array finds its own numbers.

const ROUNDS = 10;
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

/** The upper 32 bits of a·b, both unsigned 32-bit, by halves. */
function mulHigh(a: number, b: number): number {
  const al = a & 0xffff;
  const ah = a >>> 16;
  const bl = b & 0xffff;
  const bh = b >>> 16;
  // As 32-bit integers throughout, which may wrap: a sum of three numbers below 2³² is taken apart first.
  const middle = (Math.imul(ah, bl) + (Math.imul(al, bl) >>> 16)) >>> 0;
  const low = ((middle & 0xffff) + (Math.imul(al, bh) >>> 0)) >>> 0;
  return (Math.imul(ah, bh) + (middle >>> 16) + (low >>> 16)) >>> 0;
}

/** Replaces the four unsigned 32-bit numbers of `counter` by the random ones for them and the key. */
export function philox(counter: Uint32Array, key0: number, key1: number): void {
  let a = counter[0];
  let b = counter[1];
  let c = counter[2];
  let d = counter[3];
  for (let i = 0; i < ROUNDS; i++) {
    const high0 = mulHigh(M0, a);
    const low0 = Math.imul(M0, a);
    const high1 = mulHigh(M1, c);
    const low1 = Math.imul(M1, c);
    a = (high1 ^ b ^ (key0 + Math.imul(i, W0))) >>> 0;
    b = low1 >>> 0;
    c = (high0 ^ d ^ (key1 + Math.imul(i, W1))) >>> 0;
    d = low0 >>> 0;
  }
  counter[0] = a;
  counter[1] = b;
  counter[2] = c;
  counter[3] = d;
}

const counter = /* @__PURE__ */ new Uint32Array(4);

/**
 * Uniform numbers in [0, 1), multiples of 2⁻⁵³: number `first + i` of the stream that `seed` and `call` name, all integers
 * from 0 to 2⁵³ − 1. Number i is always the same, however many are drawn at once.
 */
export function uniforms(seed: number, call: number, first: number, out: Float64Array): void {
  const high = (n: number): number => Math.floor(n / 2 ** 32);
  for (let i = 0; i < out.length; ) {
    const block = Math.floor((first + i) / 2);
    counter[0] = block;
    counter[1] = high(block);
    counter[2] = call;
    counter[3] = high(call);
    philox(counter, seed >>> 0, high(seed));
    const even = first + i === 2 * block;
    if (even) out[i++] = uniform(counter[0], counter[1]);
    if (i < out.length) out[i++] = uniform(counter[2], counter[3]);
  }
}

/** 53 of the 64 bits, as a fraction. */
function uniform(upper: number, lower: number): number {
  return (upper * 2 ** 21 + (lower >>> 11)) * 2 ** -53;
}
