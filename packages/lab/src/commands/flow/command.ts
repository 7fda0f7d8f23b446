import { type CommandDef, defineCommand } from 'citty';
import { SPEC_HINT } from '../../console/activation-spec.js';
import { loading } from '../../console/progress.js';
import { show } from '../../console/screen.js';
import { type ShowArgs, showArgs, showing } from '../../console/serve.js';
import { DEFAULTS, type FlowChoices, flowConfig, readFlowConfig } from '../../flow/options.js';
import { toJson } from '../../run/json.js';

type Text = { type: 'string'; description: string; valueHint: string; default: string };
type Args = ShowArgs &
  Record<keyof FlowChoices | 'out', Text> & {
    config: Omit<Text, 'default'>;
    json: { type: 'boolean'; default: boolean; description: string };
  };

const option = (name: keyof FlowChoices, valueHint: string, description: string): Text => ({
  type: 'string',
  valueHint,
  description,
  default: DEFAULTS[name],
});

const args: Args = {
  activations: option('activations', 'names', `separated by commas; each a ${SPEC_HINT}`),
  depth: option('depth', 'layers', '2 to 100, or several'),
  width: option('width', 'units', '4 to 2048, or several'),
  init: option('init', 'names', 'some of unit, he, xavier, orthogonal; unit is rows of length 1'),
  gain: option(
    'gain',
    'gains',
    'numbers that multiply the weights, or some of he, xavier, forward, backward, critical',
  ),
  residual: option('residual', 'no,yes', 'some of no, yes: add the input of each layer to its output'),
  'layer-norm': option('layer-norm', 'no,yes', 'some of no, yes: normalize the input of each layer'),
  batch: option('batch', 'n', 'examples, normal with variance 1'),
  draws: option('draws', 'n', 'how often weights and inputs are drawn'),
  band: option('band', 'low,high', 'outside of it a norm has vanished or exploded'),
  seed: option('seed', 'n', 'seed of weights, inputs and gradients'),
  config: {
    type: 'string',
    valueHint: 'file',
    description: 'repeat a run from its config.json, instead of the options above',
  },
  out: { type: 'string', valueHint: 'folder', default: 'runs', description: 'where the run gets its folder' },
  json: { type: 'boolean', default: false, description: 'print the results as JSON' },
  ...showArgs,
};

/** `gelu-lab flow`. */
export const flowCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'flow',
    description: 'how signals and gradients pass through a deep stack (30 seconds)',
    examples: [
      ['flow', 'five activations at depth 50, with and without residual'],
      [
        'flow --activations gelu,relu --depth 10,100 --init he,orthogonal --layer-norm yes',
        'every combination of these',
      ],
      [
        'flow --gain he,forward,critical --residual no --draws 5',
        'each activation at gains of its own, theory beside measurement',
      ],
      ['flow --config runs/20261124-120000-flow/config.json', 'the same numbers again'],
    ],
  },
  args,
  run: async ({ args: given }) => {
    const config = given.config === undefined ? flowConfig(given) : readFlowConfig(given.config);
    const showReport = showing(given);
    const [{ runFlow }, { flowTable }] = await loading('flow', () =>
      Promise.all([import('./run.js'), import('./table.js')]),
    );
    const print = given.json ? () => {} : show;
    const results = await runFlow(config, { out: given.out, print });
    if (given.json) process.stdout.write(`${toJson(results)}\n`);
    else print(flowTable(results));
    await showReport(results.report);
  },
});
