/** What `scripts/exhaustive-webgpu.mjs` logs of some of the 2³² inputs of a kernel, or what it says of all together. */
export interface WebGPUExhaustive {
  /** The form, with ' for its derivative. */
  function: string;
  adapter: string;
  inputs: number;
  /** Of results two float32 or more from the right one; the others are within 1.5 ULP. */
  worst: number;
  worstAt: number;
  /** Within 0.15 of the derivative's root: of the larger addend. */
  worstAtRoot: number;
  above1_5: number;
  /** Wrong at infinities or NaN, or of the wrong sign. */
  special: number;
  /** 0 where the exact result is a subnormal number. */
  flushed: number;
}

/** The lines of the log, summed for each function on each adapter. */
export function webgpuResults(log: string): WebGPUExhaustive[] {
  const sums = new Map<string, WebGPUExhaustive>();
  for (const line of log.split('\n').filter(Boolean)) {
    const part = JSON.parse(line) as WebGPUExhaustive;
    const key = `${part.function} ${part.adapter}`;
    const sum = sums.get(key);
    if (!sum) {
      sums.set(key, part);
      continue;
    }
    const { worst, worstAt } = part.worst > sum.worst ? part : sum;
    const total = (count: 'inputs' | 'above1_5' | 'special' | 'flushed'): number => sum[count] + part[count];
    sums.set(key, {
      ...sum,
      inputs: total('inputs'),
      above1_5: total('above1_5'),
      special: total('special'),
      flushed: total('flushed'),
      worst,
      worstAt,
      worstAtRoot: Math.max(sum.worstAtRoot, part.worstAtRoot),
    });
  }
  return [...sums.values()];
}

/** Head and rows of the table on docs/accuracy.md. */
export function webgpuRows(results: readonly WebGPUExhaustive[]): { head: string[]; rows: string[][] } {
  return {
    head: [
      'function',
      'adapter',
      'inputs',
      'worst ULP',
      'at x',
      'above 1.5',
      'near the root, of addend',
      'wrong at ±∞ or NaN, or sign',
      'subnormal results that are 0',
    ],
    rows: results.map((r) => [
      r.function,
      r.adapter,
      String(r.inputs),
      r.worst > 1.5 ? r.worst.toFixed(4) : '≤ 1.5',
      r.worst > 1.5 ? String(r.worstAt) : '–',
      String(r.above1_5),
      r.function.endsWith("'") ? r.worstAtRoot.toFixed(4) : '–',
      String(r.special),
      String(r.flushed),
    ]),
  };
}
