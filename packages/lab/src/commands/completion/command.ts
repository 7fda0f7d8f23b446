import { type CommandDef, defineCommand } from 'citty';
import { UsageError } from '../../console/errors.js';
import { toJson } from '../../run/json.js';
import { bashCompletion } from './bash.js';
import { fishCompletion } from './fish.js';
import { type CommandNode, commandTree } from './tree.js';
import { zshCompletion } from './zsh.js';

const SHELLS: Readonly<Record<string, (root: CommandNode) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

type Args = {
  shell: { type: 'positional'; required: true; description: string };
  json: { type: 'boolean'; default: boolean; description: string };
};

const args: Args = {
  shell: { type: 'positional', required: true, description: `one of ${Object.keys(SHELLS).join(', ')}` },
  json: { type: 'boolean', default: false, description: 'print the commands and options as JSON instead' },
};

/** `gelu-lab completion`: a script made from the definitions of all commands under `root`. */
// biome-ignore lint/suspicious/noExplicitAny: citty's own type for commands with different options
export function completionCommand(root: CommandDef<any>): CommandDef<Args> {
  return defineCommand({
    meta: {
      name: 'completion',
      description: 'a script that completes commands, options and values in a shell',
      examples: [
        ['completion bash', 'to be read by: source <(gelu-lab completion bash)'],
        ['completion fish', 'to be read by: gelu-lab completion fish | source'],
      ],
    },
    args,
    run: async ({ args: { shell, json } }) => {
      if (!Object.hasOwn(SHELLS, shell))
        throw new UsageError(`The shell must be one of ${Object.keys(SHELLS).join(', ')}, got '${shell}'`);
      const tree = await commandTree(root);
      process.stdout.write(json ? `${toJson(tree, 2)}\n` : SHELLS[shell](tree));
    },
  });
}
