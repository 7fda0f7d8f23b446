import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * The rooms of each package from the top down, as in docs/architecture.md: what stands in a row may import what stands in
 * the rows below, types included, and nothing beside or above. A loose file is a room of its own. Circles between files
 * are the linter's, `noImportCycles`.
 */
const LAYERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  gelu: [
    ['complete.ts'],
    ['index.ts'],
    ['threads', 'jax', 'tfjs', 'webgpu', 'onnx', 'layers'],
    ['fast.ts', 'float64.ts'],
    ['functions'],
    ['native.ts', 'numerics.ts'],
    ['mean-field'],
    ['input'],
    ['shaders'],
    ['kernels'],
    ['activations'],
    ['numerics'],
    ['shared'],
  ],
  lab: [
    ['cli.ts'],
    ['main.ts'],
    ['commands'],
    ['queue'],
    ['trials'],
    ['page', 'studies'],
    ['flow', 'landscape', 'plots', 'tasks'],
    ['models', 'html'],
    ['training', 'data', 'implementations'],
    ['run', 'onnx-models'],
    ['console', 'numbers'],
  ],
};

/** Folders whose folders stand beside each other: a command takes nothing from another. */
const SEPARATE = ['commands'];

/** Every import of another file of the package, dynamic ones and types included, as paths within `src`. */
function imports(src: string): [from: string, to: string][] {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'),
  );
  return files.flatMap((file) =>
    [...readFileSync(join(src, file), 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(
      ([, to]): [string, string] => [file, relative(src, join(src, dirname(file), to)).replace(/\.js$/, '.ts')],
    ),
  );
}

const roomOf = (file: string): string => file.split('/')[0];

describe.each(Object.entries(LAYERS))('packages/%s', (name, layers) => {
  const src = join(import.meta.dirname, '..', 'packages', name, 'src');
  const rowOf = (file: string): number => layers.findIndex((row) => row.includes(roomOf(file)));

  test('has the rooms of its layers and no others', () => {
    const rooms = readdirSync(src).filter((room) => !/\.(test|browser)\.ts$/.test(room));
    expect(rooms.sort()).toEqual(layers.flat().sort());
  });

  test('arrows only run down', () => {
    const all = imports(src);
    expect(all.length).toBeGreaterThan(100);
    const wrong = all.filter(([from, to]) => roomOf(from) !== roomOf(to) && rowOf(from) >= rowOf(to));
    expect(wrong.map((arrow) => arrow.join(' -> '))).toEqual([]);
  });

  test('what stands side by side takes nothing from each other', () => {
    const place = (file: string): string => file.split('/').slice(0, 2).join('/');
    const wrong = imports(src).filter(
      ([from, to]) => SEPARATE.includes(roomOf(from)) && roomOf(from) === roomOf(to) && place(from) !== place(to),
    );
    expect(wrong.map((arrow) => arrow.join(' -> '))).toEqual([]);
  });
});
