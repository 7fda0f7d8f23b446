import { type CommandDef, defineCommand } from 'citty';
import { type OnnxTarget, rewriteOnnx } from 'gelu/onnx';
import { numberOption } from '../../console/options.js';
import { progress } from '../../console/progress.js';
import { show } from '../../console/screen.js';
import { measure } from '../../implementations/accuracy.js';
import { formatAccuracy, formatSpeed } from '../../implementations/format.js';
import { loadRuntime, modelImplementation } from '../../implementations/onnx.js';
import { testPoints } from '../../implementations/points.js';
import { timeImplementations, typicalInputs } from '../../implementations/speed.js';
import { withoutTraces } from '../../implementations/traces.js';
import type { AccuracyResult, Implementation, Measured, SpeedResult } from '../../implementations/types.js';
import { patternModel } from '../../onnx-models/pattern-model.js';
import { OTHER_PATTERNS, PATTERNS, type Pattern } from '../../onnx-models/patterns.js';
import { toJson } from '../../run/json.js';

/** Speed and accuracy of exported GELUs, and speed of the other activations, before and after, in both runtimes. */
export interface OnnxBench {
  elements: number;
  speed: Measured<SpeedResult>;
  accuracy: AccuracyResult[];
}

/** What stands for the others: those of a variant that differ only in grouping take about the same time. */
const SHOWN = ['PyTorch: x', 'Mul: x', 'Hugging Face NewGELU', 'QuickGELU: x'];
const TARGETS: readonly OnnxTarget[] = ['gelu', 'microsoft', 'accurate'];

/** Measures on `elements` float32 elements, with one thread, all candidates of a runtime taking turns. */
export async function runOnnxBench(elements: number, repeats: number, others: boolean): Promise<OnnxBench> {
  const bar = progress('onnx bench');
  const bench: OnnxBench = { elements, speed: { results: [], missing: [] }, accuracy: [] };
  const input = typicalInputs(elements);
  const points = testPoints(65536, 1);
  // One after the other: a native run that follows one in WebAssembly is slower than it is among its own.
  for (const [i, kind] of (['node', 'web'] as const).entries()) {
    const implementations = await withoutTraces(() => (others ? loadOthers(kind) : loadAll(kind)));
    const speed = await timeImplementations(implementations, input, repeats, (f, label) =>
      bar.update((i + 0.9 * f) / 2, label),
    );
    bench.speed.results.push(...speed.results);
    bench.speed.missing.push(...speed.missing);
    if (others) continue; // accuracy is measured of GELU's forms
    for (const subject of implementations) bench.accuracy.push(await measure(subject, points));
  }
  bar.stop();
  return bench;
}

async function loadAll(kind: 'node' | 'web'): Promise<Implementation[]> {
  const runtime = await loadRuntime(kind);
  const implementations: Implementation[] = [];
  for (const pattern of PATTERNS.filter(({ name }) => SHOWN.some((start) => name.startsWith(start))))
    for (const [form, model] of variants(pattern))
      implementations.push(await modelImplementation(runtime, kind, model, form, pattern.variant));
  return implementations;
}

async function loadOthers(kind: 'node' | 'web'): Promise<Implementation[]> {
  const runtime = await loadRuntime(kind);
  const implementations: Implementation[] = [];
  for (const pattern of OTHER_PATTERNS) {
    const model = patternModel(pattern);
    const forms: [string, Uint8Array][] = [[pattern.name, model]];
    for (const to of ['standard', 'microsoft'] as const) {
      const { rewritten, bytes } = rewriteOnnx(model, { to, activation: 'all' });
      if (rewritten.length > 0) forms.push([`${pattern.name} → ${to}`, bytes()]);
    }
    for (const [form, bytes] of forms)
      implementations.push(await modelImplementation(runtime, kind, bytes, form, 'none'));
  }
  return implementations;
}

function variants(pattern: Pattern): [form: string, model: Uint8Array][] {
  const model = patternModel(pattern);
  const name = pattern.name.split(':')[0];
  const forms: [string, Uint8Array][] = [[`${pattern.variant}, ${name}`, model]];
  for (const to of TARGETS) {
    const { rewritten, bytes } = rewriteOnnx(model, { to });
    if (rewritten.length > 0) forms.push([`${pattern.variant}, ${name} → ${to}`, bytes()]);
  }
  return forms;
}

type Text = { type: 'string'; description: string; valueHint: string; default: string };
type Args = Record<'elements' | 'repeats', Text> & {
  others: { type: 'boolean'; default: boolean; description: string };
  json: { type: 'boolean'; default: boolean; description: string };
};

const args: Args = {
  elements: { type: 'string', valueHint: 'n', default: '1048576', description: 'length of the vector' },
  repeats: { type: 'string', valueHint: 'n', default: '9', description: 'rounds' },
  others: { type: 'boolean', default: false, description: 'SiLU, HardSwish and Mish instead: speed alone' },
  json: { type: 'boolean', default: false, description: 'print JSON' },
};

/** `gelu-lab onnx bench`. */
export const benchCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'bench',
    description: 'speed and accuracy of exported GELUs before and after a rewrite (1 minute)',
    examples: [['onnx bench --elements 65536 --repeats 20', 'speed and accuracy before and after']],
  },
  args,
  run: async ({ args: given }) => {
    const bench = await runOnnxBench(
      numberOption('elements', given.elements, 1, 2 ** 28, true),
      numberOption('repeats', given.repeats, 1, 10_000, true),
      given.others,
    );
    const accuracy = given.others ? '' : `\n\n${formatAccuracy(bench.accuracy)}`;
    const text = `${formatSpeed(bench.speed.results)}${accuracy}`;
    if (given.json) process.stdout.write(`${toJson(bench, 2)}\n`);
    else show(text);
  },
});
