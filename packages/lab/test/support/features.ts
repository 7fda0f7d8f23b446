import type { Approximate } from 'gelu';
import text from '../../../../FEATURES.md?raw';
import { activation } from '../../../gelu/src/activations/index.js';
import { type Rule, testPoints, worstError } from '../../../gelu/test/support/errors.js';
import { FORMS } from '../../src/implementations/forms.js';

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
export interface Engine {
  value: Elementwise;
  derivative?: Elementwise;
}

/** The engines whose rows are measured in a browser. */
export const IN_BROWSER = ['TensorFlow.js webgl', 'TensorFlow.js webgpu'];

/** What a row may let pass, by its column. */
const ALLOWANCES = { 'subnormal numbers': 'flush', '−0': 'unsignedZeros' } as const;

/**
 * What is found in an engine against what its row says: a list of what is worse, or cannot be said, or is allowed without need.
 */
export async function complaints(row: string, engine: Engine): Promise<string[]> {
  const cells = table('Accuracy').find(([name]) => name === row)?.[1];
  if (!cells) return [`FEATURES.md has no row '${row}'`];
  const x = testPoints();
  const found: string[] = [];
  const allowed = Object.entries(ALLOWANCES).filter(([column]) => cells[column] !== 'kept');
  for (const [column] of allowed)
    if (cells[column] !== 'may be 0') found.push(`${column}: '${cells[column]}' is neither 'kept' nor 'may be 0'`);
  const rule: Rule = { ofAddend: true, ...Object.fromEntries(allowed.map(([, allowance]) => [allowance, true])) };
  const needed = new Set<string>();
  for (const [order, column] of (['value', 'derivative'] as const).entries()) {
    const f = engine[column];
    const stated = cells[column] === '–' ? undefined : Number(cells[column]);
    if ((f === undefined) !== (stated === undefined)) found.push(`${column}: stated '${cells[column]}'`);
    if (f === undefined || stated === undefined) continue;
    for (const approximate of FORMS) {
      const y = await f(x, approximate);
      const bound = activation('gelu', { approximate });
      const complaint = (by: Rule) => excess(stated, () => worstError(bound, order as 0 | 1, x, y, by));
      const problem = complaint(rule);
      if (problem) found.push(`${column}, ${approximate}: ${problem}`);
      for (const [name, allowance] of allowed)
        if (!needed.has(name) && complaint({ ...rule, [allowance]: false })) needed.add(name);
    }
  }
  for (const [column] of allowed) if (!needed.has(column)) found.push(`${column}: kept, and the row says otherwise`);
  return found;
}

/** In what a measurement is worse than stated. */
function excess(stated: number, measure: () => { worst: number; at: number }): string | undefined {
  try {
    const { worst, at } = measure();
    return worst <= stated * (1 + 1e-6) ? undefined : `${worst} ULP at ${at}, stated ${stated}`;
  } catch (error) {
    return (error as Error).message;
  }
}
