import { random } from '../numbers/random.js';
import { median } from '../numbers/statistics.js';
import { loadImplementations, reasonOf, SOURCES } from './sources.js';
import type { Implementation, Measured, Missing, OnProgress, Run, SpeedResult } from './types.js';

/** The length of the vector, and how often it is run through. */
export interface SpeedOptions {
  elements: number;
  repeats: number;
  onProgress?: OnProgress;
}

/** Each candidate runs at least this long before it is timed. */
const WARM_UP_MS = 250;

/** A single timing covers at least this long, by running several times. */
const SHORTEST_MS = 2;

/** An implementation that is ready to be timed. */
export interface Candidate {
  subject: Implementation;
  run: Run['run'];
  dispose: Run['dispose'];
  /** So often it runs in a timing. */
  passes: number;
  /** Seconds a pass. */
  times: number[];
}

/**
 * The speed of every implementation on one vector of float32 (normal numbers with deviation 2), the copy of memory by
 * `TypedArray.set` among them.
 */
export async function measureSpeed(options: SpeedOptions): Promise<Measured<SpeedResult>> {
  const { elements, repeats, onProgress } = options;
  const { results: implementations, missing } = await loadImplementations(SOURCES, (f, label) =>
    onProgress?.(f * 0.2, label),
  );
  const measured = await timeImplementations(implementations, typicalInputs(elements), repeats, (f, label) =>
    onProgress?.(0.2 + 0.8 * f, label),
  );
  return { results: measured.results, missing: [...missing, ...measured.missing] };
}

/**
 * The speed of `implementations` on `input`, the memory copy first. All are warmed up, then take turns, so that a change of the
 * machine's load meets all.
 */
export async function timeImplementations(
  implementations: readonly Implementation[],
  input: Float32Array,
  repeats: number,
  onProgress?: OnProgress,
): Promise<Measured<SpeedResult>> {
  const elements = input.length;
  const missing: Missing[] = [];
  const candidates: Candidate[] = [];
  for (const [i, subject] of [copy, ...implementations].entries()) {
    onProgress?.((0.3 * i) / (implementations.length + 1), `warming up ${subject.implementation}, ${subject.form}`);
    try {
      candidates.push(await warmUp(subject, input));
    } catch (error) {
      missing.push({ implementation: `${subject.implementation}, ${subject.form}`, reason: reasonOf(error) });
    }
  }
  for (let repeat = 0; repeat < repeats; repeat++) {
    onProgress?.(0.3 + (0.7 * repeat) / repeats, `timing, round ${repeat + 1} of ${repeats}`);
    // Another one begins each time: who runs after whom should not count.
    const first = repeat % candidates.length;
    for (const candidate of [...candidates.slice(first), ...candidates.slice(0, first)])
      candidate.times.push(await time(candidate));
  }
  for (const { dispose } of candidates) await dispose();
  const copySpeed = elements / Math.min(...candidates[0].times) / 1e9;
  const results = candidates.map(({ subject: { implementation, version, form }, times }) => {
    const gelemPerSecond = elements / Math.min(...times) / 1e9;
    return {
      ...{ implementation, version, form, gelemPerSecond },
      median: elements / median(times) / 1e9,
      ratioToCopy: gelemPerSecond / copySpeed,
    };
  });
  onProgress?.(1, 'speed measured');
  return { results, missing };
}

/** What bounds them all. */
export const copy: Implementation = {
  implementation: 'memory copy',
  version: '-',
  form: 'TypedArray.set',
  approximate: 'none',
  value: async (input) => input.slice(),
  prepare: async (input) => {
    const out = new Float32Array(input.length);
    return { run: () => out.set(input), dispose: () => {} };
  },
};

/** Prepares an implementation and runs it until it is as fast as it gets. */
export async function warmUp(subject: Implementation, input: Float32Array): Promise<Candidate> {
  const { run, dispose } = await subject.prepare(input);
  const candidate: Candidate = { subject, run, dispose, passes: 1, times: [] };
  // Engines compile what is hot only after a while, and tables are made on the way.
  let seconds = Infinity;
  for (const start = performance.now(); performance.now() - start < WARM_UP_MS; )
    seconds = Math.min(seconds, await time(candidate));
  candidate.passes = Math.max(1, Math.min(1000, Math.ceil(SHORTEST_MS / 1000 / seconds)));
  return candidate;
}

/** Seconds a pass. */
export async function time({ run, passes }: Candidate): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < passes; i++) {
    const pending = run();
    if (pending) await pending;
  }
  return Math.max((performance.now() - start) / 1000 / passes, 1e-9);
}

/** What a layer gives its activation: normal numbers, here with deviation 2, in no order that could be predicted. */
export function typicalInputs(elements: number): Float32Array {
  const { normal } = random(1, 'speed');
  const block = Float32Array.from({ length: Math.min(elements, 1 << 20) }, () => 2 * normal());
  const input = new Float32Array(elements);
  for (let i = 0; i < elements; i += block.length) input.set(block.subarray(0, elements - i), i);
  return input;
}
