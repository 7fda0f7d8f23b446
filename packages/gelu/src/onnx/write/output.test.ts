import { expect, test } from 'vitest';
import type { OnnxFile } from '../read/input.js';
import type { Piece } from './edit.js';
import { RewrittenFile } from './output.js';

const MIB = 1 << 20;
const source = Uint8Array.from({ length: 11 * MIB }, (_, i) => (i * 2654435761) >>> 13);
const file = (load?: OnnxFile['load']): OnnxFile => ({
  size: source.length,
  read: (start, end) => source.subarray(start, end),
  ...(load && { load }),
});
const loaded = (): OnnxFile =>
  file(async (target, start) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    target.set(source.subarray(start, start + target.length));
  });

/** Short and long parts of the source, and new bytes, so that chunks end within them. */
const pieces: Piece[] = [
  { start: 3, end: 5 * MIB + 1 },
  Uint8Array.of(1, 2, 3),
  { start: 5 * MIB + 10, end: 5 * MIB + 20 },
  Uint8Array.from({ length: 5 * MIB }, (_, i) => i),
  { start: 6 * MIB, end: 11 * MIB },
];

test.each([
  ['that can only be read', file()],
  ['that is loaded', loaded()],
])('a stream of a file %s has the bytes of the file', async (_, from) => {
  const output = new RewrittenFile(from, pieces);
  const parts: Uint8Array[] = [];
  for await (const part of output.stream()) parts.push(part.slice());
  expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(MIB / 2);
  expect(Buffer.concat(parts).equals(output.bytes())).toBe(true);
  const [first] = [...new RewrittenFile(from, []).pieces];
  expect(first).toBeUndefined();
});

test('a part that cannot be read ends it with that error, also where nobody waits any more', async () => {
  const refused = file(async (_, start) => {
    if (start > 4 * MIB) throw new Error('disk');
  });
  const take = async (most: number): Promise<number> => {
    let count = 0;
    for await (const _ of new RewrittenFile(refused, pieces).stream()) if (++count === most) break;
    return count;
  };
  await expect(take(9)).rejects.toThrow('disk');
  expect(await take(1)).toBe(1);
});
