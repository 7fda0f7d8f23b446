import { availableParallelism } from 'node:os';
import { type CommandDef, defineCommand } from 'citty';
import type { Approximate } from 'gelu';
import { numberOption, wordsOption } from '../../console/options.js';
import { progress } from '../../console/progress.js';
import { show } from '../../console/screen.js';
import { exhaustiveResults, familyResults, loggedOnWebGPU, runExhaustive } from '../../implementations/exhaustive.js';
import { FORMS } from '../../implementations/forms.js';
import { measureAccuracy } from '../../implementations/index.js';
import { environment } from '../../run/environment.js';
import { STDOUT, say, writeOutput } from '../../run/write.js';
import { accuracyMarkdown } from './markdown.js';
import type { Chunk, Worst } from './measure.js';
import { measureAll } from './pool.js';
import { failures, formatWorst, merge, overall } from './report.js';

/** What to measure. */
export interface AccuracyRun {
  /** Points for each form; all three orders are evaluated at each. */
  points: number;
  seed: number;
  forms: readonly Approximate[];
  /** Print JSON instead of tables. */
  json: boolean;
  /** Where the result goes; default: standard output. */
  write?: (text: string) => void;
}

/** The outcome of a run: the worst errors by form and order, and by range; `passed` if all keep the bound. */
export interface AccuracyReport {
  seed: number;
  overall: Worst[];
  ranges: Worst[];
  passed: boolean;
}

const CHUNK = 100_000;

/**
 * Measures the float64 functions `gelu`, `geluDerivative` and `geluSecondDerivative` against their double-double
 * definition at seeded points over all finite float64, on all processors, and prints the worst errors. The bound is 1
 * unit in the last place of the exact result; within 2⁻⁴⁰ of a root of a derivative, of the larger of its addends.
 */
export async function runAccuracy(run: AccuracyRun): Promise<AccuracyReport> {
  const { points, seed, forms, json, write = show } = run;
  const chunks = forms.flatMap((form): Chunk[] =>
    Array.from({ length: Math.ceil(points / CHUNK) }, (_, chunk) => ({
      form,
      chunk,
      points: Math.min(CHUNK, points - chunk * CHUNK),
      seed,
    })),
  );
  const threads = points <= CHUNK ? 0 : Math.min(availableParallelism(), chunks.length);
  const bar = progress('accuracy');
  let done = 0;
  const step = () => bar.update(++done / chunks.length, `${done} of ${chunks.length} parts`);
  const ranges = merge(await measureAll(chunks, threads, step));
  bar.stop();
  const failed = failures(ranges);
  const report = { seed, overall: overall(ranges), ranges, passed: failed.length === 0 };
  if (json) write(JSON.stringify(report, null, 2));
  else write(text(report, points, failed));
  return report;
}

function text(report: AccuracyReport, points: number, failed: readonly Worst[]): string {
  return [
    `float64 accuracy, ${points} points for each form and order, seed ${report.seed}`,
    '',
    formatWorst(report.overall),
    '',
    'by range',
    '',
    formatWorst(report.ranges),
    '',
    failed.length === 0
      ? 'All within 1 ULP (within 2⁻⁴⁰ of a root of a derivative: of the larger addend).'
      : `Above 1 ULP:\n${formatWorst(failed)}`,
  ].join('\n');
}

type Text = { type: 'string'; default: string; description: string };
type Flag = { type: 'boolean'; default: boolean; description: string };
type Args = Record<'points' | 'seed' | 'forms', Text> & {
  exhaustive: Flag;
  markdown: { type: 'string'; description: string; valueHint: string };
  json: Flag;
};

const args: Args = {
  points: { type: 'string', default: '10000000', description: 'points for each form and order of derivative' },
  seed: { type: 'string', default: '1', description: 'seed of the points' },
  forms: { type: 'string', default: FORMS.join(','), description: `some of ${FORMS.join(', ')}` },
  exhaustive: { type: 'boolean', default: false, description: 'first try all 2³² inputs of the float32 kernels' },
  markdown: {
    type: 'string',
    valueHint: 'file',
    description: 'write a page with all results, including other implementations',
  },
  json: { type: 'boolean', default: false, description: 'print JSON' },
};

/** `gelu-lab accuracy`. The exit code is 1 if a bound is exceeded. */
export const accuracyCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'accuracy',
    description: 'measure the functions against their exact definition',
    examples: [
      ['accuracy', 'float64 against double-double at 10 million points'],
      ['accuracy --points 100000 --forms none --json', 'a quick check of the exact form'],
    ],
  },
  args,
  run: async ({ args: given }) => {
    const points = numberOption('points', given.points, 1, 2 ** 40, true);
    if (given.exhaustive) runExhaustive();
    const report = await runAccuracy({
      points,
      seed: numberOption('seed', given.seed, 0, 2 ** 32 - 1, true),
      forms: wordsOption('forms', given.forms, FORMS),
      json: given.json,
      write: (text) => (given.markdown === STDOUT || given.json ? say(given.markdown, `${text}\n`) : show(text)),
    });
    if (given.markdown !== undefined) writeOutput(given.markdown, await markdown(report, points));
    if (!report.passed) process.exitCode = 1;
  },
});

async function markdown(report: AccuracyReport, points: number): Promise<string> {
  const bar = progress('implementations');
  const implementations = await measureAccuracy({
    points: 65536,
    seed: 1,
    onProgress: (f, label) => bar.update(f, label),
  });
  bar.stop();
  return accuracyMarkdown({
    environment: environment(),
    float64: { points, ...report },
    float32: exhaustiveResults(),
    family: familyResults(),
    webgpu: loggedOnWebGPU(),
    implementations: { ...implementations, points: 65536 },
  });
}
