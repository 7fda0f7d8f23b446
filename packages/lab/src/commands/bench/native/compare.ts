import { execFileSync } from 'node:child_process';
import { reasonOf } from '../../../implementations/sources.js';
import type { Missing, OnProgress, SpeedResult } from '../../../implementations/types.js';
import { median } from '../../../numbers/statistics.js';
import type { Table } from '../sizes.js';
import { kernels, memoryCopy, onnxRuntime, type Participant } from './participants.js';

/** The sizes in bytes of the input. */
const SIZES: readonly [name: string, bytes: number][] = [
  ['256 KiB', 256 << 10],
  ['16 MiB', 16 << 20],
  ['256 MiB', 256 << 20],
];

/** Beyond this only the fastest instruction set takes part. */
const ALL = 16 << 20;

/**
 * The native kernels of every instruction set beside those in WebAssembly, ONNX Runtime and the copy of memory: each in a process of its
 * own on one thread, with ordinary arrays; they take turns. Sizes from `smallest` to `largest` bytes.
 */
export async function timeNative(
  repeats: number,
  smallest: number,
  largest: number,
  onProgress: OnProgress,
): Promise<Table[]> {
  const names = available();
  const sizes = SIZES.filter(([, bytes]) => bytes >= smallest && bytes <= largest);
  const tables: Table[] = [];
  for (const [i, [name, bytes]] of sizes.entries()) {
    const elements = bytes / 4;
    const wanted = bytes > ALL ? names.slice(0, 1) : names;
    const update: OnProgress = (f, label) => onProgress((i + f) / sizes.length, `native kernels, ${name}: ${label}`);
    tables.push({ name, elements, ...(await compare(wanted, elements, repeats, update)) });
  }
  return tables;
}

/** The instruction sets that there are kernels for; asked for in another process, since the import changes what runs in this one. */
function available(): readonly string[] {
  const program = "import { nativeKernels } from 'gelu/native'; console.log(JSON.stringify(nativeKernels().available))";
  const options = { cwd: import.meta.dirname, encoding: 'utf8' } as const;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], options));
}

async function compare(
  names: readonly string[],
  elements: number,
  repeats: number,
  onProgress: OnProgress,
): Promise<{ results: SpeedResult[]; missing: Missing[] }> {
  const missing: Missing[] = [];
  const participants: Participant[] = [];
  const starts = [memoryCopy, ...['off', ...names].map((name) => (n: number) => kernels(name, n)), onnxRuntime];
  try {
    for (const [i, start] of starts.entries()) {
      onProgress((0.3 * i) / starts.length, 'warming up');
      try {
        participants.push(await start(elements));
      } catch (error) {
        missing.push({ implementation: 'a process', reason: reasonOf(error) });
      }
    }
    const entries = participants.flatMap((participant) =>
      participant.forms.map((form, i) => ({ participant, form, i, times: [] as number[] })),
    );
    for (let repeat = 0; repeat < repeats; repeat++) {
      onProgress(0.3 + (0.7 * repeat) / repeats, `round ${repeat + 1} of ${repeats}`);
      for (const { participant, i, times } of entries) times.push(await participant.time(i));
    }
    const copySpeed = elements / Math.min(...(entries[0]?.times ?? [])) / 1e9;
    const results = entries.map(({ participant: { implementation, version }, form, times }) => {
      const gelemPerSecond = elements / Math.min(...times) / 1e9;
      const ratioToCopy = gelemPerSecond / copySpeed;
      return { implementation, version, form, gelemPerSecond, median: elements / median(times) / 1e9, ratioToCopy };
    });
    return { results, missing };
  } finally {
    for (const participant of participants) participant.end();
  }
}
