import { type Examples, PIXELS } from '../../data/examples.js';
import { pack, unpack } from './pack.js';
import { LEVELS } from './pixel-model.js';

/** Images to learn from; as many of each digit. */
export const LEARNT = 3000;
/** Images to judge by, of other people. */
export const HELD_OUT = 1000;
const DIGITS = 10;

/** As many images of each digit: image i shows i mod 10, the first of that digit that are left. */
function chosen({ labels, images }: Examples, count: number): Uint8Array {
  const out = new Uint8Array(count * PIXELS);
  const next = new Uint32Array(DIGITS);
  for (let i = 0; i < count; i++) {
    const at = labels.indexOf(i % DIGITS, next[i % DIGITS]);
    if (at < 0) throw new RangeError(`there are too few images of ${i % DIGITS}`);
    next[i % DIGITS] = at + 1;
    for (let k = 0; k < PIXELS; k++) out[i * PIXELS + k] = Math.round(images[at * PIXELS + k] * (LEVELS - 1));
  }
  return out;
}

/** Packs the page's images, of MNIST's training and test sets: `LEARNT` and `HELD_OUT` ones of 8 grey levels. */
export function packDigits({ train, test }: { train: Examples; test: Examples }): Uint8Array {
  const all = new Uint8Array((LEARNT + HELD_OUT) * PIXELS);
  all.set(chosen(train, LEARNT));
  all.set(chosen(test, HELD_OUT), LEARNT * PIXELS);
  return pack(all);
}

/** What `packDigits` packed; `progress` hears of every hundredth image. */
export function unpackDigits(
  bytes: Uint8Array,
  progress: (share: number) => void = () => {},
): { train: Examples; test: Examples } {
  const all = new Float32Array((LEARNT + HELD_OUT) * PIXELS);
  let i = 0;
  for (const image of unpack(bytes, LEARNT + HELD_OUT)) {
    for (let k = 0; k < PIXELS; k++) all[i * PIXELS + k] = image[k] / (LEVELS - 1);
    if (++i % 100 === 0) progress(i / (LEARNT + HELD_OUT));
  }
  const part = (first: number, count: number): Examples => ({
    count,
    images: all.subarray(first * PIXELS, (first + count) * PIXELS),
    labels: Uint8Array.from({ length: count }, (_, k) => k % DIGITS),
  });
  return { train: part(0, LEARNT), test: part(LEARNT, HELD_OUT) };
}
