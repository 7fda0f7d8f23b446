import { type ArgsDef, type CommandDef, defineCommand } from 'citty';
import { UsageError } from '../../console/errors.js';
import { loading } from '../../console/progress.js';
import { show } from '../../console/screen.js';
import { type ShowChoices, showArgs, showing } from '../../console/serve.js';
import { toJson } from '../../run/json.js';
import { TRAINABLES } from '../../tasks/trainables.js';
import { TRAINING_OPTIONS, type TrainChoices, trainConfig } from './config.js';

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  activation: 'by name',
  batch: 'examples or windows in a step',
  layers: 'hidden layers or blocks',
  width: 'units of a layer, a multiple of 4',
  heads: 'attention heads',
  context: 'characters or tokens that the model sees',
  text: 'the file to learn from',
  tokenizer: 'char, or gpt2 for byte pairs',
  from: 'start from the weights of a run, a checkpoint or a safetensors file of GPT-2’s layout; they decide the shape',
  keep: 'dropout: the probability that a unit stays',
  data: 'the folder of the data',
};

const hints: Readonly<Record<string, string>> = {
  text: 'file',
  data: 'folder',
  from: 'run|file',
  activation: 'name',
  tokenizer: 'name',
};

const models = Object.keys(TRAINABLES);
const defaultsOf = (name: string): string =>
  models
    .filter((model) => (TRAINABLES[model].options[name] ?? null) !== null)
    .map((model) => `${model} ${TRAINABLES[model].options[name]}`)
    .join(', ');
const modelOptions = [...new Set(models.flatMap((model) => Object.keys(TRAINABLES[model].options)))];

const args = {
  model: { type: 'positional', required: false, description: `one of ${models.join(', ')}` },
  ...Object.fromEntries(
    modelOptions.map((name) => [
      name,
      { type: 'string', valueHint: hints[name] ?? 'n', description: described(name) } as const,
    ]),
  ),
  lr: { type: 'string', valueHint: 'rate', description: 'the learning rate at its highest' },
  warmup: { type: 'string', valueHint: 'steps', description: 'steps in which the learning rate rises' },
  'weight-decay': {
    type: 'string',
    valueHint: 'n',
    description: 'AdamW’s decay of weights; not of biases and norms',
  },
  clip: { type: 'string', valueHint: 'norm', description: 'clip gradients to this norm; or no' },
  steps: { type: 'string', valueHint: 'n', description: 'length of the training' },
  time: { type: 'string', valueHint: '15m', description: 'as many steps as fit into this time, instead of --steps' },
  checkpoint: { type: 'string', valueHint: 'steps', description: 'a checkpoint after so many steps, and every minute' },
  seed: { type: 'string', valueHint: 'n', description: 'seed of weights, batches and dropout (1)' },
  resume: { type: 'string', valueHint: 'run', description: 'resume the run in this folder' },
  out: { type: 'string', valueHint: 'folder', default: 'runs', description: 'where the run gets its folder' },
  json: { type: 'boolean', default: false, description: 'print the results as JSON' },
  ...showArgs,
} satisfies ArgsDef;

function described(name: string): string {
  const defaults = defaultsOf(name);
  return `${DESCRIPTIONS[name]}${defaults && ` (${defaults})`}`;
}

/** `gelu-lab train`. The exit code is 1 if the training diverged. */
export const trainCommand: CommandDef<ArgsDef> = defineCommand<ArgsDef>({
  meta: {
    name: 'train',
    description: 'train a model: gpt, mnist and others; Ctrl-C is safe, --resume goes on',
    examples: [
      ['train gpt --time 15m', 'a small GPT on Moby Dick, as well as it gets in a quarter of an hour'],
      ['train gpt --text novel.txt --activation relu --seed 2', 'on a text of your own, with another activation'],
      ['train --resume runs/20261124-120000-train-gpt', 'go on with a run that was ended'],
    ],
  },
  args,
  run: async ({ args: given }) => {
    const showReport = showing(given as unknown as ShowChoices);
    const { startRun, resumeRun } = await loading('train', () => import('./run.js'));
    const print = given.json ? () => {} : show;
    const names = [...modelOptions, ...TRAINING_OPTIONS].filter((name) => given[name] !== undefined);
    const choices: TrainChoices = Object.fromEntries(names.map((name) => [name, given[name] as string]));
    const begin = (): ReturnType<typeof startRun> => {
      if (given.model === undefined) throw new UsageError(`Which model? ${models.join(', ')}`);
      return startRun(trainConfig(given.model as string, choices), given.out as string, { print });
    };
    const goOn = (): ReturnType<typeof startRun> => {
      if (given.model !== undefined || names.length > 0)
        throw new UsageError(`--resume takes everything from the run; leave out ${given.model ?? `--${names[0]}`}`);
      return resumeRun(given.resume as string, { print });
    };
    const result = given.resume === undefined ? await begin() : await goOn();
    if (given.json) process.stdout.write(`${toJson(result, 2)}\n`);
    if (result.divergedAt !== null) process.exitCode = 1;
    await showReport(result.report);
  },
});
