import { type CommandDef, defineCommand } from 'citty';
import { type GraphActivation, type GraphModelReport, inspectGraphModel } from 'gelu/tfjs/graph';
import { show } from '../../console/screen.js';
import { textTable } from '../../console/text-table.js';
import { toJson } from '../../run/json.js';
import { withGraphModel } from './model-file.js';

type Args = {
  model: { type: 'positional'; required: true; description: string; valueHint: string };
  json: { type: 'boolean'; default: boolean; description: string };
};

const args: Args = {
  model: {
    type: 'positional',
    required: true,
    valueHint: 'model.json',
    description: 'the model.json, with its weights in the same folder',
  },
  json: { type: 'boolean', default: false, description: 'print JSON' },
};

/** `gelu-lab tfjs inspect`. */
export const inspectCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'inspect',
    description: 'report every GELU, SiLU, Mish and HardSwish of a graph model',
    examples: [['tfjs inspect model.json', 'every GELU, SiLU, Mish, HardSwish that the graph holds']],
  },
  args,
  run: ({ args: { model, json } }) => {
    const report = withGraphModel(model, (file) => inspectGraphModel(file.model, file.read));
    if (json) process.stdout.write(`${toJson(report, 2)}\n`);
    else show(formatReport(report));
  },
});

/** 'gelu tanh', 'silu beta 1.7'. */
export function nameOf({ activation, parameters: { approximate, beta } }: GraphActivation): string {
  if (approximate !== undefined) return `${activation} ${approximate}`;
  return beta === undefined ? activation : `${activation} beta ${beta}`;
}

function formatReport({ nodes, activations, notUnderstood }: GraphModelReport): string {
  const n = activations.length;
  const head = `${nodes} nodes; ${n || 'no'} activation${n === 1 ? '' : 's'} of those that are looked for`;
  const heading = ['function', 'written around', 'nodes', 'off by', 'place'];
  const rows = activations.map((found) => [
    nameOf(found),
    found.written,
    String(found.nodes.length),
    found.difference.toExponential(0),
    `${found.graph}: ${found.input} → ${found.output}`,
  ]);
  const others = notUnderstood.map(({ graph, name, op }) => `not understood: ${op} ${graph}: ${name}`);
  return [head, ...(n > 0 ? ['', textTable([heading, ...rows], heading.length)] : []), ...others].join('\n');
}
