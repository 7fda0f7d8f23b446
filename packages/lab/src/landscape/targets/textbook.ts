import type { Numbers } from '../format.js';
import type { Loader, Target } from '../target.js';
import { TEXTBOOK } from '../textbook.js';

/** The formulas of the textbook with the `Math` of the engine that runs this, in float64; for float32 rounded at the end. */
export const load =
  (format: 'float32' | 'float64'): Loader =>
  async () => ({
    title: `JavaScript, Math of this Node, ${format}`,
    versions: { node: process.version, v8: process.versions.v8 },
    format,
    orders: 0,
    calls: textbookCalls(),
    evaluate: async (name, x) => x.map(TEXTBOOK[name][1]) as Numbers,
  });

export function textbookCalls(): Target['calls'] {
  return Object.fromEntries(Object.entries(TEXTBOOK).map(([name, [text]]) => [name, text]));
}
