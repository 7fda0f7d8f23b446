import { availableParallelism } from 'node:os';
import { type CommandDef, defineCommand } from 'citty';
import { markdownText } from '../../console/markdown-text.js';
import { numberOption, wordsOption } from '../../console/options.js';
import { progress } from '../../console/progress.js';
import { outputWidth, show } from '../../console/screen.js';
import { environment } from '../../run/environment.js';
import { STDOUT, say, writeOutput } from '../../run/write.js';
import { measureAxes } from './axes.js';
import { timeGPU } from './gpu.js';
import { body, markdown } from './markdown.js';
import type { BenchReport } from './report.js';

/** The parts of what `gelu-lab bench` measures. */
const PARTS = ['sizes', 'native', 'calls', 'steps', 'gpu', 'axes'] as const;
type Part = (typeof PARTS)[number];

/** How much is measured: arrays from `smallest` to `largest` bytes. */
export interface BenchOptions {
  repeats: number;
  smallest: number;
  largest: number;
  parts: readonly Part[];
}

/** Measures time, memory and bundle size. */
export async function runBench({ repeats, smallest, largest, parts }: BenchOptions): Promise<BenchReport> {
  const bar = progress('bench');
  const update = (fraction: number, label: string): void => bar.update(fraction, label);
  const part = async <T>(name: Part, measure: () => Promise<T>): Promise<T | undefined> =>
    parts.includes(name) ? await measure() : undefined;
  const report: BenchReport = {
    environment: environment(),
    tables: await part('sizes', async () =>
      (await import('./sizes.js')).timeSizes(availableParallelism(), repeats, smallest, largest, update),
    ),
    native: await part('native', async () =>
      (await import('./native/compare.js')).timeNative(repeats, smallest, largest, update),
    ),
    calls: await part('calls', async () => (await import('./calls.js')).timeCalls(repeats, update)),
    steps: await part('steps', async () => (await import('./training.js')).timeSteps(repeats, update)),
    gpu: await part('gpu', () => timeGPU(repeats, update)),
    axes: await part('axes', measureAxes),
  };
  bar.stop();
  return report;
}

type Text = { type: 'string'; description: string; valueHint: string };
type Args = Record<'repeats' | 'smallest' | 'largest' | 'only', Text & { default: string }> & {
  markdown: Text;
  json: { type: 'boolean'; default: boolean; description: string };
};

const args: Args = {
  repeats: {
    type: 'string',
    valueHint: 'n',
    default: '9',
    description: 'rounds; the fastest and the median are shown',
  },
  smallest: { type: 'string', valueHint: 'MiB', default: '0', description: 'size of the smallest array' },
  largest: { type: 'string', valueHint: 'MiB', default: '256', description: 'size of the largest array' },
  only: { type: 'string', valueHint: 'parts', default: PARTS.join(), description: 'what is measured' },
  markdown: { type: 'string', valueHint: 'file', description: 'also write the report to this file' },
  json: { type: 'boolean', default: false, description: 'print JSON instead of tables' },
};

/** `gelu-lab bench`. */
export const benchCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'bench',
    description: 'time, memory and size of this library beside others (5 minutes)',
    examples: [
      ['bench', 'the tables, in about 5 minutes'],
      ['bench --largest 1 --repeats 3 --json', 'a quick look, for a script'],
      ['bench --only native --smallest 16 --largest 16', 'the native kernels beside WebAssembly and ONNX Runtime'],
    ],
  },
  args,
  run: async ({ args: given }) => {
    const repeats = numberOption('repeats', given.repeats, 1, 10_000, true);
    const smallest = numberOption('smallest', given.smallest, 0, 2 ** 14, false) * 2 ** 20;
    const largest = numberOption('largest', given.largest, Number.MIN_VALUE, 2 ** 14, false) * 2 ** 20;
    const report = await runBench({ repeats, smallest, largest, parts: wordsOption('only', given.only, PARTS) });
    if (given.markdown !== undefined) writeOutput(given.markdown, markdown(report));
    if (given.json) say(given.markdown, `${JSON.stringify(report, null, 2)}\n`);
    else if (given.markdown !== STDOUT) show(markdownText(body(report, outputWidth())));
  },
});
