import { PIXELS } from '../../data/examples.js';

/** Grey levels of a packed pixel. */
export const LEVELS = 8;

const SIDE = 28;
/** Around an image stand so many columns and rows of zeros, so that every pixel has neighbours. */
const EDGE = 3;
const STRIDE = SIDE + 2 * EDGE;

const CONTEXTS = 5;
/** Cells of a context's table; a context and a node of the tree of levels are hashed into it. */
const CELLS = 1 << 18;
const NODES = 16;

/** The logistic function between −2047 and 2047 in steps of 1/256, by straight lines; results are 1/4096. */
const KNOTS = Int16Array.of(
  ...[1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546],
  ...[2047, 2549, 2994, 3348, 3607, 3785, 3901, 3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094],
);
function squash(x: number): number {
  if (x > 2047) return 4095;
  if (x < -2047) return 1;
  const low = (x >> 7) + 16;
  const share = x & 127;
  return (KNOTS[low] * (128 - share) + KNOTS[low + 1] * share + 64) >> 7;
}

/** Its inverse. */
const STRETCH: Int16Array = (() => {
  const out = new Int16Array(4096).fill(2047);
  let next = 0;
  for (let x = -2047; x <= 2047; x++) while (next <= squash(x)) out[next++] = x;
  return out;
})();

/** How fast a cell that has seen 0, 1, … bits follows the next: 2¹⁴ / (n + 1.6). */
const RATES: Int32Array = Int32Array.from({ length: 31 }, (_, n) => Math.floor((1 << 14) / (n + 1.6)));

/** None, some, much, all. */
const COARSE = Uint8Array.of(0, 1, 1, 1, 2, 2, 2, 3);

/** Codes or decodes one bit, given the chance of a 1 in 1/4096; gives the bit. */
export type Bit = (chance: number, bit: number) => number;

/**
 * What is expected of the next pixel of a handwritten digit: the chances of five contexts of neighbours, mixed by weights that learn
 * on the way (the scheme of Mahoney's lpaq, 2007). Integers alone, so that every engine unpacks the same pixels.
 */
export class PixelModel {
  readonly #chances: Uint16Array[] = Array.from({ length: CONTEXTS }, () => new Uint16Array(CELLS).fill(1 << 15));
  readonly #seen: Uint8Array[] = Array.from({ length: CONTEXTS }, () => new Uint8Array(CELLS));
  readonly #weights: Int32Array = new Int32Array(64 * CONTEXTS).fill(23_000);
  readonly #at: Uint32Array = new Uint32Array(CONTEXTS);
  readonly #said: Int32Array = new Int32Array(CONTEXTS);
  readonly #contexts: Uint32Array = new Uint32Array(CONTEXTS);

  /** Passes an image of 784 levels through `bit`: reads it when coding, fills it when decoding. */
  image(pixels: Uint8Array, bit: Bit): void {
    const g = new Uint8Array(STRIDE * (SIDE + EDGE));
    for (let i = 0; i < PIXELS; i++) {
      const at = (Math.floor(i / SIDE) + EDGE) * STRIDE + (i % SIDE) + EDGE;
      const w = g[at - 1];
      const n = g[at - STRIDE];
      const nw = g[at - STRIDE - 1];
      const ne = g[at - STRIDE + 1];
      const near = COARSE[w] | (COARSE[n] << 2) | (COARSE[ne] << 4);
      this.#contexts[0] = w | (n << 3) | (ne << 6) | (nw << 9);
      this.#contexts[1] =
        near | (COARSE[g[at - STRIDE - 1]] << 6) | (COARSE[g[at - 2]] << 8) | (COARSE[g[at - 2 * STRIDE]] << 10);
      this.#contexts[2] =
        near |
        (COARSE[g[at + 2 - STRIDE]] << 6) |
        (COARSE[g[at + 1 - 2 * STRIDE]] << 8) |
        (COARSE[g[at - STRIDE - 1]] << 10);
      this.#contexts[3] = (i << 4) | (near & 15);
      this.#contexts[4] =
        w | (g[at - 2] << 3) | (COARSE[g[at - 3]] << 6) | (COARSE[ne] << 8) | (COARSE[g[at - 2 * STRIDE]] << 10);
      const around = (w || n ? 16 : 0) + (ne || nw ? 32 : 0);
      g[at] = this.#level(pixels[i], around, bit);
      pixels[i] = g[at];
    }
  }

  /** A level: 0 or not, all or not, then halves of what is between. */
  #level(level: number, around: number, bit: Bit): number {
    if (this.#bit(1, around, level > 0, bit) === 0) return 0;
    if (this.#bit(2, around, level === LEVELS - 1, bit) === 1) return LEVELS - 1;
    let low = 1;
    let high = LEVELS - 1;
    for (let node = 3; high - low > 1; ) {
      const middle = (low + high) >> 1;
      const upper = this.#bit(node, around, level >= middle, bit);
      if (upper === 1) low = middle;
      else high = middle;
      node = 2 * node - 2 + upper; // 3; 4, 5; 6 … 9
    }
    return low;
  }

  #bit(node: number, around: number, wanted: boolean, bit: Bit): 0 | 1 {
    const first = (around + node) * CONTEXTS;
    let sum = 0;
    for (let m = 0; m < CONTEXTS; m++) {
      const cell = Math.imul(this.#contexts[m] * NODES + node, 0x9e3779b1) >>> 14;
      this.#at[m] = cell;
      this.#said[m] = STRETCH[this.#chances[m][cell] >> 4];
      sum += this.#weights[first + m] * this.#said[m];
    }
    const chance = squash(Math.floor(sum / 65536));
    const got = bit(chance, wanted ? 1 : 0) as 0 | 1;
    const error = ((got << 12) - chance) * 5;
    for (let m = 0; m < CONTEXTS; m++) {
      this.#weights[first + m] += (this.#said[m] * error + (1 << 13)) >> 14;
      const chances = this.#chances[m];
      const seen = this.#seen[m];
      const cell = this.#at[m];
      const moved = ((got ? 65535 : 0) - chances[cell]) * RATES[seen[cell]];
      chances[cell] = Math.min(65503, Math.max(32, chances[cell] + (moved >> 14)));
      if (seen[cell] < RATES.length - 1) seen[cell]++;
    }
    return got;
  }
}
