import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gatePicture, tailPicture } from './pictures.js';
import { IN_PICTURE, measureTail, type TailCurve } from './tail.js';

const folder = join(import.meta.dirname, '..', '..', '..', '..', '..', 'docs', 'pictures');
const committed = (name: string): string => readFileSync(join(folder, name), 'utf8');

test('the gate of the README is what the library draws', () => {
  expect(committed('gate.svg')).toBe(gatePicture());
});

describe('the tail of the README', () => {
  const curves = JSON.parse(committed('tail.json')) as TailCurve[];

  test('is drawn from the errors beside it', () => {
    expect(committed('tail.svg')).toBe(tailPicture(curves));
  });

  test('is what these implementations do here', async () => {
    const measured = await measureTail();
    expect(measured.map(({ name }) => name)).toEqual(IN_PICTURE.map(([, name]) => name));
    for (const [i, { name, version, points }] of measured.entries()) {
      expect([name, version]).toEqual([curves[i].name, curves[i].version]);
      for (const [from, to] of [
        [-12, -8],
        [-8, -6],
        [-4, -3],
        [0, 3],
      ]) {
        const worst = (all: TailCurve['points']): number =>
          Math.max(...all.filter(([x]) => x >= from && x < to).map(([, ulp]) => ulp));
        const ratio = worst(points) / worst(curves[i].points);
        expect(ratio, `${name} from ${from} to ${to}`).toBeGreaterThan(0.4); // other processors take other kernels
        expect(ratio, `${name} from ${from} to ${to}`).toBeLessThan(2.5);
      }
    }
  });
});
