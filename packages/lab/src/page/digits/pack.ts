import { PIXELS } from '../../data/examples.js';
import { PixelModel } from './pixel-model.js';

/** The next bit splits the interval [low, high] by its chance; what both ends agree on is written. */
const split = (low: number, high: number, chance: number): number =>
  low + Math.floor((high - low) / 4096) * chance + Math.floor((((high - low) % 4096) * chance) / 4096);

/** Images of 784 levels each, packed by an arithmetic coder. */
export function pack(images: Uint8Array): Uint8Array {
  const bytes: number[] = [];
  let [low, high] = [0, 0xffffffff];
  const model = new PixelModel();
  const code = (chance: number, bit: number): number => {
    const middle = split(low, high, chance);
    if (bit) high = middle;
    else low = middle + 1;
    while (((low ^ high) & 0xff000000) === 0) {
      bytes.push(high >>> 24);
      low = (low << 8) >>> 0;
      high = ((high << 8) | 255) >>> 0;
    }
    return bit;
  };
  for (let at = 0; at < images.length; at += PIXELS) model.image(images.slice(at, at + PIXELS), code);
  for (let i = 0; i < 4; i++) bytes.push((high >>> (24 - 8 * i)) & 255);
  return Uint8Array.from(bytes);
}

/** What `pack` packed, image by image. */
export function* unpack(bytes: Uint8Array, count: number): Generator<Uint8Array> {
  let [low, high, at, code] = [0, 0xffffffff, 0, 0];
  const next = (): void => {
    code = ((code << 8) | (bytes[at++] ?? 0)) >>> 0;
  };
  for (let i = 0; i < 4; i++) next();
  const decode = (chance: number): number => {
    const middle = split(low, high, chance);
    const bit = code <= middle ? 1 : 0;
    if (bit) high = middle;
    else low = middle + 1;
    while (((low ^ high) & 0xff000000) === 0) {
      low = (low << 8) >>> 0;
      high = ((high << 8) | 255) >>> 0;
      next();
    }
    return bit;
  };
  const model = new PixelModel();
  for (let i = 0; i < count; i++) {
    const image = new Uint8Array(PIXELS);
    model.image(image, decode);
    yield image;
  }
}
