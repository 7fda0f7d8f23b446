import { expect, test } from 'vitest';
import { PIXELS } from '../../data/examples.js';
import { random } from '../../numbers/random.js';
import { centred, SIDE, stroke } from './drawing.js';
import { pack, unpack } from './pack.js';
import { LEVELS } from './pixel-model.js';

const blank = new Float32Array(PIXELS);

test('images are packed without loss, strokes well', () => {
  const { uniform } = random(5, 'strokes');
  const at = (): [number, number] => [4 + 20 * uniform(), 4 + 20 * uniform()];
  const drawn = Array.from({ length: 40 }, () => Uint8Array.from(stroke(blank, at(), at()), (v) => Math.round(7 * v)));
  const noise = Uint8Array.from({ length: 3 * PIXELS }, () => Math.floor(LEVELS * uniform()));
  const extremes = [new Uint8Array(PIXELS), new Uint8Array(PIXELS).fill(LEVELS - 1), noise];
  const all = Uint8Array.of(...[...drawn, ...extremes].flatMap((image) => [...image]));
  const packed = pack(all);
  expect([...unpack(packed, all.length / PIXELS)].flatMap((image) => [...image])).toEqual([...all]);
  const strokes = pack(Uint8Array.of(...drawn.flatMap((image) => [...image])));
  expect(strokes.length / drawn.length).toBeLessThan(40);
});

test('a drawing is brought to the size and place of MNIST’s digits', () => {
  const small = stroke(stroke(blank, [3, 3], [3, 8]), [3, 8], [7, 8]);
  const large = centred(small);
  const [mass, mx, my] = large.reduce(
    ([m, x, y], ink, i) => [m + ink, x + ink * ((i % SIDE) + 0.5), y + ink * (Math.floor(i / SIDE) + 0.5)],
    [0, 0, 0],
  );
  expect(Math.abs(mx / mass - SIDE / 2)).toBeLessThan(0.6);
  expect(Math.abs(my / mass - SIDE / 2)).toBeLessThan(0.6);
  const rows = Array.from({ length: SIDE }, (_, y) => large.subarray(y * SIDE, y * SIDE + SIDE).some((v) => v > 0.1));
  expect(rows.filter(Boolean).length).toBeGreaterThan(17);
  expect(rows.filter(Boolean).length).toBeLessThan(23);
  expect(centred(blank)).toBe(blank);
});
