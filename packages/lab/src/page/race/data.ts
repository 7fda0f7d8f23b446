import { cosSin } from '../../numbers/exact.js';
import { random } from '../../numbers/random.js';

export const SHAPES = ['moons', 'spiral', 'circles', 'checkerboard'] as const;
export type Shape = (typeof SHAPES)[number];

/** Points [n, 2] in about [−1, 1]², and which of two classes each is of. */
export interface Points {
  x: Float32Array;
  y: Uint8Array;
}

/**
 * Points of two classes in one of some shapes, with noise. From additions, products and roots alone: the same bits for the same seed
 * on every engine.
 */
export function points(shape: Shape, count: number, noise: number, seed: number): Points {
  const { uniform } = random(seed, `race ${shape}`);
  // A sum of twelve even numbers is near enough to a normal one.
  const normal = (): number => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += uniform();
    return sum;
  };
  const x = new Float32Array(2 * count);
  const y = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const one = i % 2;
    const [px, py] = place(shape, one, uniform);
    x[2 * i] = px + noise * normal();
    x[2 * i + 1] = py + noise * normal();
    y[i] = one;
  }
  return { x, y };
}

function place(shape: Shape, one: number, uniform: () => number): [number, number] {
  if (shape === 'moons') {
    const [cos, sin] = cosSin(Math.PI * uniform());
    return one ? [0.55 - 0.6 * cos + 0.05 - 0.3, 0.2 - 0.6 * sin] : [0.6 * cos - 0.3, 0.6 * sin - 0.2];
  }
  if (shape === 'circles') {
    const [cos, sin] = cosSin(2 * Math.PI * uniform());
    const radius = one ? 0.35 : 0.8;
    return [radius * cos, radius * sin];
  }
  if (shape === 'spiral') {
    const along = Math.sqrt(uniform());
    const [cos, sin] = cosSin(2 * Math.PI * (0.85 * along + 0.1) - (one ? Math.PI : 0));
    const radius = 0.1 + 0.85 * along;
    return [radius * cos, radius * sin];
  }
  for (;;) {
    const [px, py] = [2 * uniform() - 1, 2 * uniform() - 1];
    if ((Math.floor(2 * (px + 1)) + Math.floor(2 * (py + 1))) % 2 === one) return [px, py];
  }
}
