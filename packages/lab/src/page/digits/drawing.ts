import { PIXELS } from '../../data/examples.js';

export const SIDE = 28;
/** MNIST's digits fill a box of 20×20 pixels, their centre of mass in the middle. */
const BOX = 20;
const PEN = 1.25;

/** A drawing with a stroke from one point to another, in pixels; the pen has a soft edge. */
export function stroke(
  drawing: Float32Array,
  [x0, y0]: readonly [number, number],
  [x1, y1]: readonly [number, number],
): Float32Array {
  const out = drawing.slice();
  const square = (x1 - x0) ** 2 + (y1 - y0) ** 2;
  for (let i = 0; i < PIXELS; i++) {
    const [x, y] = [(i % SIDE) + 0.5, Math.floor(i / SIDE) + 0.5];
    const along = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / square));
    const far = Math.hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0));
    out[i] = Math.max(out[i], Math.min(1, Math.max(0, PEN + 0.5 - far)));
  }
  return out;
}

/** A drawing as MNIST has its digits: as large and in the middle. What is empty stays so. */
export function centred(drawing: Float32Array): Float32Array {
  let [left, right, top, bottom, mass, mx, my] = [SIDE, 0, SIDE, 0, 0, 0, 0];
  for (let i = 0; i < PIXELS; i++) {
    const [x, y, ink] = [i % SIDE, Math.floor(i / SIDE), drawing[i]];
    if (ink <= 0.1) continue;
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x + 1), Math.min(top, y), Math.max(bottom, y + 1)];
    [mass, mx, my] = [mass + ink, mx + ink * (x + 0.5), my + ink * (y + 0.5)];
  }
  if (mass === 0) return drawing;
  const zoom = Math.max(right - left, bottom - top) / BOX;
  const out = new Float32Array(PIXELS);
  for (let i = 0; i < PIXELS; i++) {
    const x = mx / mass + ((i % SIDE) + 0.5 - SIDE / 2) * zoom - 0.5;
    const y = my / mass + (Math.floor(i / SIDE) + 0.5 - SIDE / 2) * zoom - 0.5;
    out[i] = between(drawing, x, y);
  }
  return out;
}

/** The ink at a point between four pixels. */
function between(drawing: Float32Array, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const at = (px: number, py: number): number =>
    px < 0 || py < 0 || px >= SIDE || py >= SIDE ? 0 : drawing[py * SIDE + px];
  const [right, down] = [x - left, y - top];
  const upper = at(left, top) * (1 - right) + at(left + 1, top) * right;
  const lower = at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right;
  return upper * (1 - down) + lower * down;
}
