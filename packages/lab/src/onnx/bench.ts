import { type CommandDef, defineCommand } from 'citty';
import { type OnnxTarget, rewriteOnnx } from 'gelu/onnx';
import { UsageError } from '../errors.js';
import { measure } from '../peers/accuracy.js';
import { formatAccuracy, formatSpeed } from '../peers/format.js';
import { loadRuntime, modelPeer } from '../peers/onnx.js';
import { testPoints } from '../peers/points.js';
import { timePeers, typicalInputs } from '../peers/speed.js';
import { withoutTraces } from '../peers/traces.js';
import type { AccuracyResult, Measured, Peer, SpeedResult } from '../peers/types.js';
import { progress } from '../progress.js';
import { toJson } from '../run/json.js';
import { patternModel } from './pattern-model.js';
import { PATTERNS, type Pattern } from './patterns.js';

/** Speed and accuracy of exported GELUs before and after, in both runtimes. */
export interface OnnxBench {
  elements: number;
  speed: Measured<SpeedResult>;
  accuracy: AccuracyResult[];
}

/** What stands for the others: those of a variant that differ only in grouping take about the same time. */
const SHOWN = ['PyTorch: x', 'Mul: x', 'Hugging Face NewGELU', 'QuickGELU: x'];
const TARGETS: readonly OnnxTarget[] = ['gelu', 'microsoft', 'accurate'];

/** Measures on `elements` float32 elements, with one thread, all candidates taking turns. */
export async function runOnnxBench(elements: number, repeats: number): Promise<OnnxBench> {
  const shown = progress('onnx bench');
  const peers = await withoutTraces(loadAll);
  const speed = await timePeers(peers, typicalInputs(elements), repeats, (f, label) => shown.update(0.9 * f, label));
  const points = testPoints(65536, 1);
  const accuracy: AccuracyResult[] = [];
  for (const peer of peers) accuracy.push(await measure(peer, points));
  shown.stop();
  return { elements, speed, accuracy };
}

async function loadAll(): Promise<Peer[]> {
  const peers: Peer[] = [];
  for (const kind of ['node', 'web'] as const) {
    const runtime = await loadRuntime(kind);
    for (const pattern of PATTERNS.filter(({ name }) => SHOWN.some((start) => name.startsWith(start))))
      for (const [form, model] of variants(pattern))
        peers.push(await modelPeer(runtime, kind, model, form, pattern.variant));
  }
  return peers;
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
  json: { type: 'boolean'; default: boolean; description: string };
};

const args: Args = {
  elements: { type: 'string', valueHint: 'n', default: '1048576', description: 'length of the vector' },
  repeats: { type: 'string', valueHint: 'n', default: '9', description: 'rounds' },
  json: { type: 'boolean', default: false, description: 'print JSON' },
};

/** `gelu-lab onnx bench`. */
export const benchCommand: CommandDef<Args> = defineCommand({
  meta: { name: 'bench', description: 'speed and accuracy of exported GELUs before and after a rewrite (1 minute)' },
  args,
  run: async ({ args: given }) => {
    const bench = await runOnnxBench(whole('elements', given.elements), whole('repeats', given.repeats));
    const text = `${formatSpeed(bench.speed.results)}\n\n${formatAccuracy(bench.accuracy)}`;
    process.stdout.write(`${given.json ? toJson(bench, 2) : text}\n`);
  },
});

function whole(name: string, given: string): number {
  const value = Number(given);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new UsageError(`--${name} must be a whole number from 1, got '${given}'`);
  return value;
}
