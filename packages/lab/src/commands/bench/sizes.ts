import { createPool } from 'gelu/threads';
import { loadImplementations, SOURCES } from '../../implementations/sources.js';
import { timeImplementations, typicalInputs } from '../../implementations/speed.js';
import type { Implementation, Missing, OnProgress, SpeedResult } from '../../implementations/types.js';
import { FLOAT32_KERNELS, FORWARD, OTHER_TYPES, threaded } from './kernels.js';

/** One table: the candidates on one size of array. */
export interface Table {
  name: string;
  elements: number;
  results: SpeedResult[];
  missing: Missing[];
}

/** The sizes in bytes of the input; the output takes as much again. */
const SIZES: readonly [name: string, bytes: number][] = [
  ['16 KiB (first-level cache)', 16 << 10],
  ['256 KiB (second-level cache)', 256 << 10],
  ['16 MiB', 16 << 20],
  ['256 MiB', 256 << 20],
];

/** Times everything on arrays of `smallest` to `largest` bytes, `repeats` rounds each. */
export async function timeSizes(
  threads: number,
  repeats: number,
  smallest: number,
  largest: number,
  onProgress: OnProgress,
): Promise<Table[]> {
  const sizes = SIZES.filter(([, bytes]) => bytes >= smallest && bytes <= largest);
  const implementations = await loadImplementations(SOURCES.slice(1));
  const pool = await createPool({ threads });
  const tables: Table[] = [];
  for (const [i, [name, bytes]] of sizes.entries()) {
    const candidates: Implementation[] =
      bytes === 16 << 20
        ? [...FLOAT32_KERNELS, ...OTHER_TYPES, ...implementations.results, ...bothPasses(implementations.results)]
        : [...FORWARD];
    if (bytes >= 16 << 20) candidates.push(...threaded(pool, threads));
    if (bytes > 16 << 20)
      candidates.push(...implementations.results.filter((p) => p.implementation.startsWith('ONNX')));
    const elements = bytes / 4;
    const { results, missing } = await timeImplementations(
      candidates,
      typicalInputs(elements),
      repeats,
      (fraction, label) => onProgress((i + fraction) / sizes.length, `${name}: ${label}`),
    );
    tables.push({
      name,
      elements,
      results,
      missing: bytes === 16 << 20 ? [...implementations.missing, ...missing] : missing,
    });
  }
  await pool.close();
  return tables;
}

/** Forward and backward pass, of those that have it. */
function bothPasses(implementations: readonly Implementation[]): Implementation[] {
  return implementations.flatMap((subject) =>
    subject.prepareBoth
      ? [{ ...subject, form: `${subject.form}, forward + backward`, prepare: subject.prepareBoth }]
      : [],
  );
}
