import { gelu, geluBackward } from 'gelu';
import { loadImplementations, SOURCES } from '../../implementations/sources.js';
import { timeImplementations, typicalInputs } from '../../implementations/speed.js';
import type { Implementation, OnProgress, Run } from '../../implementations/types.js';
import { packageVersion } from '../../run/versions.js';

/** Nanoseconds that a call takes, by the number of elements. */
export interface CallCost {
  implementation: string;
  form: string;
  nanoseconds: number[];
}

/** The numbers of elements of the arrays. */
export const CALL_LENGTHS: readonly number[] = [1, 4, 16, 64, 256, 1024];

/** Whom an array of a few elements may be given to: the exact form. */
const OTHERS = /^(plain JavaScript|TensorFlow.js (cpu|wasm)|jax-js|ONNX Runtime (node|web))/;

const ours = (form: string, prepare: (x: Float32Array) => Run['run']): Implementation => ({
  implementation: 'gelu (this library)',
  version: packageVersion('gelu'),
  form,
  approximate: 'none',
  value: async (input) => gelu(input),
  prepare: async (input) => ({ run: prepare(input), dispose: () => {} }),
});

const OURS: readonly Implementation[] = [
  ...(['correct', 'fast'] as const).map((precision) =>
    ours(`${precision} none, with out`, (x) => {
      const out = new Float32Array(x.length);
      return () => void gelu(x, { precision, out });
    }),
  ),
  ours('correct none', (x) => () => void gelu(x)),
  ours('numbers, one by one', (x) => {
    const out = new Float32Array(x.length);
    return () => {
      for (let i = 0; i < x.length; i++) out[i] = gelu(x[i]);
    };
  }),
  ours('correct backward, with out', (x) => {
    const out = new Float32Array(x.length);
    return () => void geluBackward(x, x, { out });
  }),
];

/** What a call costs on small arrays, ours and others'; the plain loop over Math.tanh among them. */
export async function timeCalls(repeats: number, onProgress: OnProgress): Promise<CallCost[]> {
  const { results } = await loadImplementations(SOURCES.slice(1));
  const others = results.filter(
    ({ implementation, form, approximate }) =>
      OTHERS.test(implementation) &&
      (/^none/.test(form) || (implementation === 'plain JavaScript' && approximate === 'tanh')),
  );
  const costs: CallCost[] = [];
  for (const [i, length] of CALL_LENGTHS.entries()) {
    const update: OnProgress = (f) => onProgress((i + f) / CALL_LENGTHS.length, `calls on ${length} elements`);
    const table = await timeImplementations([...OURS, ...others], typicalInputs(length), repeats, update);
    for (const { implementation, form, gelemPerSecond } of table.results) {
      const known = costs.find((cost) => cost.implementation === implementation && cost.form === form);
      const nanoseconds = length / gelemPerSecond;
      if (known) known.nanoseconds.push(nanoseconds);
      else costs.push({ implementation, form, nanoseconds: [nanoseconds] });
    }
  }
  return costs;
}
