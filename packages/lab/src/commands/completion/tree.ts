import type { ArgsDef, CommandDef } from 'citty';
import { activations } from 'gelu';

/** What may stand in a place: words (also several, separated by commas), a file, a folder; nothing known if none is set. */
export interface Values {
  words: readonly string[];
  files: boolean;
}

export interface OptionNode extends Values {
  /** With its dashes: '--json', '-o'. */
  names: readonly string[];
  description: string;
  takesValue: boolean;
}

/** A command, or a group of commands, as completions need it. */
export interface CommandNode {
  /** The words that lead here: '' for the program, 'onnx rewrite'. */
  path: string;
  description: string;
  options: readonly OptionNode[];
  /** What its arguments may be. */
  positional: Values;
  children: readonly CommandNode[];
}

// biome-ignore lint/suspicious/noExplicitAny: citty's own type for commands with different options
type AnyCommand = CommandDef<any>;

/** The whole tree of commands, loaded and read from their definitions. */
export async function commandTree(command: AnyCommand, path = ''): Promise<CommandNode> {
  const children = Object.entries((command.subCommands ?? {}) as Record<string, () => Promise<AnyCommand>>);
  const args = Object.entries((command.args ?? {}) as ArgsDef);
  const positional = args.filter(([, { type }]) => type === 'positional').map(([name, arg]) => valuesOf(name, arg));
  const help = {
    names: ['--help'],
    description: 'what it does, and its options',
    takesValue: false,
    words: [],
    files: false,
  };
  return {
    path,
    description: (command.meta as { description?: string } | undefined)?.description ?? '',
    options: [...args.filter(([, { type }]) => type !== 'positional').map(([name, arg]) => optionOf(name, arg)), help],
    positional: {
      words: [...new Set(positional.flatMap(({ words }) => words))],
      files: positional.some(({ files }) => files),
    },
    children: await Promise.all(
      children.map(async ([name, load]) => commandTree(await load(), `${path} ${name}`.trim())),
    ),
  };
}

/** The command and all below it. */
export function allCommands(node: CommandNode): CommandNode[] {
  return [node, ...node.children.flatMap(allCommands)];
}

type Arg = ArgsDef[string];

function optionOf(name: string, arg: Arg): OptionNode {
  const short = 'alias' in arg && arg.alias !== undefined ? [arg.alias].flat() : [];
  return {
    names: [`--${name}`, ...short.map((alias) => `${alias.length === 1 ? '-' : '--'}${alias}`)],
    description: arg.description ?? '',
    takesValue: arg.type !== 'boolean',
    ...valuesOf(name, arg),
  };
}

/** From the definition alone: its options, the words that its description lists ("one of a, b, c"), its hint or its name. */
function valuesOf(name: string, arg: Arg): Values {
  const hint = arg.valueHint ?? '';
  const listed =
    /(?:\b(?:one|some) of|which \w+:) ((?:[\w-]+, )+[\w-]+)/.exec(arg.description ?? '')?.[1].split(', ') ?? [];
  const given = 'options' in arg ? (arg.options ?? []) : [];
  const isActivation = /^activations?$/.test(name) || /activation/.test(hint);
  const words = isActivation ? activationNames() : given.length > 0 ? given : listed;
  return {
    words,
    files:
      words.length === 0 &&
      /file|folder|run|checkpoint|target|model|path/i.test(`${hint} ${arg.type === 'positional' ? name : ''}`),
  };
}

/** The names of the registry and their aliases. */
function activationNames(): string[] {
  return [...new Set(activations.flatMap(({ name, aliases }) => [name, ...aliases.map((alias) => alias.name)]))];
}
