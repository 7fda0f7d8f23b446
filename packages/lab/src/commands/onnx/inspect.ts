import { type CommandDef, defineCommand } from 'citty';
import { type ActivationChoice, inspectOnnx, type OnnxActivation, type OnnxGelu, type OnnxReport } from 'gelu/onnx';
import { LabError } from '../../console/errors.js';
import { wordOption } from '../../console/options.js';
import { show } from '../../console/screen.js';
import { textTable } from '../../console/text-table.js';
import { withModel } from '../../onnx-models/model-file.js';
import { toJson } from '../../run/json.js';
import { ACTIVATIONS } from './activations.js';
import { remarkLines } from './remarks.js';
import { optimized, Refusal, writtenAs } from './runtime.js';

type Flag = { type: 'boolean'; default: boolean; description: string };
type Args = { model: { type: 'positional'; required: true; description: string; valueHint: string } } & Record<
  'run' | 'json',
  Flag
> & { activation: { type: 'string'; default: string; valueHint: string; description: string } };

const args: Args = {
  model: { type: 'positional', required: true, valueHint: 'model.onnx', description: 'the model' },
  run: {
    type: 'boolean',
    default: false,
    description: 'also load it in onnxruntime-node and see how it runs',
  },
  activation: { type: 'string', default: 'all', valueHint: ACTIVATIONS.join('|'), description: 'which are shown' },
  json: { type: 'boolean', default: false, description: 'print JSON' },
};

/** `gelu-lab onnx inspect`. */
export const inspectCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'inspect',
    description: 'report every GELU, SiLU, HardSwish and Mish in a model',
    examples: [
      ['onnx inspect model.onnx', 'every GELU that the model holds, and how it is written'],
      ['onnx inspect model.onnx --run --json', 'also what ONNX Runtime makes of it, for a script'],
    ],
  },
  args,
  run: async ({ args: { model, run, json, ...given } }) => {
    const activation = wordOption('activation', given.activation, ACTIVATIONS);
    const report = restricted(await withModel(model, inspectOnnx), activation);
    const after = run ? await optimized(model) : undefined;
    const refused = after instanceof Refusal ? after.why : undefined;
    const optimizedTo = after && refused === undefined ? writtenAs(report, after) : undefined;
    const gelus: Ran['gelus'] = report.gelus.map((gelu, i) =>
      optimizedTo ? { ...gelu, optimized: optimizedTo[i] } : gelu,
    );
    const shown = { ...report, gelus, ...(refused !== undefined && { refused }) };
    if (json) process.stdout.write(`${toJson(shown, 2)}\n`);
    else show(formatReport(shown));
    if (refused !== undefined) throw new LabError(`ONNX Runtime refuses ${model}: ${refused}`);
  },
});

/** What of a report is about one activation, or one gated unit. */
function restricted(report: OnnxReport, choice: ActivationChoice): OnnxReport {
  const isChosen = ({ activation, gate }: OnnxActivation): boolean =>
    choice === 'all' || activation === choice || gate?.unit === choice;
  return { ...report, gelus: report.gelus.filter(isChosen), others: report.others.filter(isChosen) };
}

/** A report with what a run has shown. */
type Ran = Omit<OnnxReport, 'gelus'> & { gelus: (OnnxGelu & { optimized?: string | undefined })[] };

function formatReport(report: Ran): string {
  const opsets = Object.entries(report.opsets).map(([domain, version]) => `${domain || 'opset'} ${version}`);
  const count = report.gelus.reduce((sum, gelu) => sum + gelu.count, 0);
  const head = `${opsets.join(', ')}; ${report.nodes} nodes; ${count || 'no'} GELU${count === 1 ? '' : 's'}`;
  const external = report.external.length > 0 ? [`weights in ${report.external.join(', ')}`] : [];
  const rest = [...formatOthers(report.others), ...formatNotUnderstood(report.notUnderstood), ...remarkLines(report)];
  if (report.gelus.length === 0) return [head, ...external, ...rest].join('\n');
  const ran = report.gelus.some((gelu) => 'optimized' in gelu);
  const heading = ['variant', 'written as', 'nodes', 'dtype', 'in ONNX Runtime', ...(ran ? ['it ran'] : []), 'place'];
  const rows = report.gelus.map((gelu) => [
    [gelu.variant ?? '?', ...(gelu.alpha === undefined ? [] : [gelu.alpha])].join(' '),
    gelu.written,
    String(gelu.nodes.length),
    gelu.dtype ?? '?',
    gelu.problem ?? planned(gelu.runtime),
    ...(ran ? [gelu.optimized ?? '?'] : []),
    `${gelu.graph}${calls(gelu)}: ${gelu.input} → ${gelu.output}${remarks(gelu)}`,
  ]);
  return [head, ...external, '', textTable([heading, ...rows], heading.length), ...rest].join('\n');
}

function formatOthers(others: OnnxReport['others']): string[] {
  if (others.length === 0) return [];
  const heading = ['others', 'written as', 'nodes', 'dtype', 'in ONNX Runtime', 'place'];
  const rows = others.map(({ activation, parameters, written, nodes, dtype = '?', problem, runtime, ...place }) => [
    [activation, ...Object.entries(parameters).map(([name, value]) => `${name} ${value}`)].join(' '),
    written,
    String(nodes.length),
    dtype,
    problem ?? planned(runtime),
    `${place.graph}${calls(place)}: ${place.input} → ${place.output}${remarks(place)}`,
  ]);
  return ['', textTable([heading, ...rows], heading.length)];
}

/** What else there is to show of an activation. */
function remarks({ gate, factors, outside, part, quantized, deviation, overridable }: Partial<OnnxActivation>): string {
  const all = [
    ...(gate ? [`the gate of ${gate.unit} with ${gate.value}`] : []),
    ...(factors ? [`times ${factors.join(' and ')}`] : []),
    ...(outside ? [`${outside.length} of its nodes ${outside.length === 1 ? 'is' : 'are'} outside of this graph`] : []),
    ...(part ? [part] : []),
    ...(quantized ? ['quantized between its steps'] : []),
    ...(deviation ? [`its constants are off: ${deviation}`] : []),
    ...(overridable ? [`callers may override ${overridable.join(', ')}`] : []),
  ];
  return all.length === 0 ? '' : ` (${all.join('; ')})`;
}

/** So many places are shown of each reason. */
const SHOWN = 3;

function formatNotUnderstood(nodes: OnnxReport['notUnderstood']): string[] {
  const byReason = new Map<string, string[]>();
  for (const { op, name, graph, index, output, reason } of nodes) {
    const key = `${op}: ${reason}`;
    byReason.set(key, [...(byReason.get(key) ?? []), `${graph} node ${index} ${name || `→ ${output}`}`]);
  }
  const lines = [...byReason].map(([reason, places]) => {
    const more = places.length > SHOWN ? `, and ${places.length - SHOWN} more` : '';
    return `  ${reason} (${places.slice(0, SHOWN).join(', ')}${more})`;
  });
  return lines.length === 0 ? [] : ['', 'not understood', ...lines];
}

/** How often the function is called that a GELU is in, if that is not once. */
function calls({ graph, count }: Pick<OnnxGelu, 'graph' | 'count'>): string {
  return graph.startsWith('function ') && count !== 1 ? ` (called ${count || 'no'} times)` : '';
}

function planned({ plan, operator, why }: OnnxGelu['runtime']): string {
  return plan === 'kernel' || plan === 'fused' ? (operator ?? plan) : `${plan}: ${why}`;
}
