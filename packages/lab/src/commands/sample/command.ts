import { type CommandDef, defineCommand } from 'citty';
import { numberOption } from '../../console/options.js';

type Text = { type: 'string'; description: string; valueHint: string; default: string };
type Args = Record<'prompt' | 'tokens' | 'temperature' | 'seed', Text> & {
  from: { type: 'positional'; description: string; valueHint: string };
  'top-k': Omit<Text, 'default'>;
  json: { type: 'boolean'; default: boolean; description: string };
};

const args: Args = {
  from: {
    type: 'positional',
    valueHint: 'RUN|CHECKPOINT',
    description: 'the folder of a run, or a safetensors file of a GPT',
  },
  prompt: { type: 'string', valueHint: 'text', description: 'text to continue from (a line break)', default: '\n' },
  tokens: { type: 'string', valueHint: 'n', description: 'how many characters or tokens to add', default: '500' },
  temperature: {
    type: 'string',
    valueHint: 't',
    description: '1 as learnt; lower is more predictable, 0 takes the likeliest',
    default: '0.8',
  },
  'top-k': { type: 'string', valueHint: 'k', description: 'sample from the k likeliest only (all)' },
  seed: { type: 'string', valueHint: 'n', description: 'seed of the draws', default: '1' },
  json: { type: 'boolean', default: false, description: 'print the text and its settings as JSON' },
};

/** `gelu-lab sample`. */
export const sampleCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'sample',
    description: 'generate text with a trained GPT',
    examples: [
      ['sample runs/20261124-120000-train-gpt --prompt Whale --tokens 300', 'what the trained model writes'],
      ['sample model.safetensors --temperature 0 --json', "the likeliest text, for a script; also GPT-2's own layout"],
    ],
  },
  args,
  run: async ({ args: given }) => {
    const options = {
      prompt: given.prompt,
      tokens: numberOption('tokens', given.tokens, 1, 1e6, true),
      temperature: numberOption('temperature', given.temperature, 0, 100, false),
      topK: given['top-k'] === undefined ? null : numberOption('top-k', given['top-k'], 1, 1e6, true),
      seed: numberOption('seed', given.seed, 0, 2 ** 32 - 1, true),
    };
    const { writeOn } = await import('../../tasks/write-on.js');
    const show = given.json ? () => {} : (text: string) => void process.stdout.write(text);
    const text = await writeOn(given.from as string, options, show, () => show(options.prompt));
    process.stdout.write(given.json ? `${JSON.stringify({ ...options, text }, null, 2)}\n` : '\n');
  },
});
