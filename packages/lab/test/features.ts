import type { Approximate } from 'gelu';
import text from '../../../FEATURES.md?raw';
import { activation } from '../../gelu/src/activations/index.js';
import { points, worstError } from '../../gelu/test/gpu-accuracy.js';

/** A row of a table of FEATURES.md: its first cell, and the others by the heads of their columns. */
type Row = [name: string, cells: Readonly<Record<string, string>>];

/** The table under that heading. */
export function table(heading: string): Row[] {
  const lines = text.slice(text.indexOf(`## ${heading}\n`)).split('\n');
  const start = lines.findIndex((line) => line.startsWith('|'));
  const end = lines.findIndex((line, i) => i > start && !line.startsWith('|'));
  const [head, , ...rows] = lines.slice(start, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return rows.map(([name, ...cells]) => [name, Object.fromEntries(cells.map((cell, i) => [head[i + 1], cell]))]);
}

type Elementwise = (x: Float32Array, approximate: Approximate) => Promise<ArrayLike<number>>;

/** Where GELU is computed: value, and derivative if there is one. */
export interface Place {
  value: Elementwise;
  derivative?: Elementwise;
  /** Whether 0 may stand for −0. */
  unsignedZeros?: boolean;
}

/** The places whose rows are measured in a browser. */
export const IN_BROWSER = ['TensorFlow.js webgl', 'TensorFlow.js webgpu'];

/** What is found at a place against what its row says: a list of what is worse, or cannot be said. */
export async function complaints(row: string, place: Place): Promise<string[]> {
  const cells = table('Accuracy').find(([name]) => name === row)?.[1];
  if (!cells) return [`FEATURES.md has no row '${row}'`];
  const x = points();
  const found: string[] = [];
  for (const [order, column] of (['value', 'derivative'] as const).entries()) {
    const f = place[column];
    const stated = cells[column] === '–' ? undefined : Number(cells[column]);
    if ((f === undefined) !== (stated === undefined)) found.push(`${column}: stated '${cells[column]}'`);
    if (f === undefined || stated === undefined) continue;
    for (const approximate of ['none', 'tanh', 'sigmoid'] as const) {
      const y = Float32Array.from(await f(x, approximate), (v, i) =>
        place.unsignedZeros && v === 0 && x[i] < 0 ? -0 : v,
      );
      const bound = activation('gelu', { approximate });
      const { worst, at } = worstError(bound, order as 0 | 1, x, y);
      if (!(worst <= stated * (1 + 1e-6)))
        found.push(`${column}, ${approximate}: ${worst} ULP at ${at}, stated ${stated}`);
    }
  }
  return found;
}
