import { parseArgs, stripVTControlCharacters } from 'node:util';
import { type ArgsDef, type CommandDef, defineCommand, renderUsage, runCommand } from 'citty';
import { readerGone } from './console/closed.js';
import { DEBUG, unexpected } from './console/debug.js';
import { Interrupted, LabError, UsageError } from './console/errors.js';
import { examplesOf, examplesText } from './console/examples.js';
import { suggestion } from './console/nearest.js';
import { coloured } from './console/paint.js';
import { outputWidth, show, wrapped } from './console/screen.js';
import { missingPackage } from './run/packages.js';
import { packageVersion } from './run/versions.js';

// biome-ignore lint/suspicious/noExplicitAny: citty's own type for commands with different options
type AnyCommand = CommandDef<any>;

/** Each command is loaded when it is called. */
const COMMANDS: Readonly<Record<string, () => Promise<AnyCommand>>> = {
  tour: async () => (await import('./commands/tour/command.js')).tourCommand,
  study: async () => (await import('./commands/study/command.js')).studyCommand,
  worker: async () => (await import('./commands/worker/command.js')).workerCommand,
  queue: async () => (await import('./commands/queue/command.js')).queueCommand,
  evidence: async () => (await import('./commands/evidence/command.js')).evidenceCommand,
  accuracy: async () => (await import('./commands/accuracy/command.js')).accuracyCommand,
  plot: async () => (await import('./commands/plot/command.js')).plotCommand,
  compare: async () => (await import('./commands/compare/command.js')).compareCommand,
  flow: async () => (await import('./commands/flow/command.js')).flowCommand,
  meanfield: async () => (await import('./commands/meanfield/command.js')).meanfieldCommand,
  onnx: async () => (await import('./commands/onnx/command.js')).onnxCommand,
  tfjs: async () => (await import('./commands/tfjs/command.js')).tfjsCommand,
  page: async () => (await import('./commands/page/command.js')).pageCommand,
  train: async () => (await import('./commands/train/command.js')).trainCommand,
  sample: async () => (await import('./commands/sample/command.js')).sampleCommand,
  docs: async () => (await import('./commands/docs/command.js')).docsCommand,
  audit: async () => (await import('./commands/audit/command.js')).auditCommand,
  landscape: async () => (await import('./commands/landscape/command.js')).landscapeCommand,
  bench: async () => (await import('./commands/bench/command.js')).benchCommand,
  completion: async () => (await import('./commands/completion/command.js')).completionCommand(root),
};

/** The whole command line. */
export const root: AnyCommand = defineCommand({
  meta: { name: 'gelu-lab', description: 'See and measure what the activation does to a model' },
  subCommands: COMMANDS,
});

const FOR_ALL = `\nWith every command: ${DEBUG} prints where an error came from.\n`;

/** What `gelu-lab` says that is called without a command. */
const FIRST = `gelu-lab: see and measure what the activation does to a model

What to do first
  gelu-lab tour                     accuracy, speed, training, in 2 minutes
  gelu-lab plot gelu relu           curves in the terminal
  gelu-lab page --open              a page to try activations in
  gelu-lab audit ./my.mjs#gelu      how good is a GELU of your own
  gelu-lab onnx inspect model.onnx  the activations of a model
  gelu-lab study mnist --budget 10m activations compared over seeds

All commands: gelu-lab --help; of each: gelu-lab COMMAND --help`;

/**
 * Runs the command line and returns its exit code: 0, 1 for a failure (also of a check that a command makes), 2 for a
 * call that cannot be understood, 130 if interrupted. No error is thrown, and with `--debug` its stack is printed.
 */
export async function runCli(given: readonly string[]): Promise<number> {
  const debug = given.includes(DEBUG);
  const argv = given.filter((word) => word !== DEBUG);
  try {
    return await dispatch(argv);
  } catch (error) {
    const stack = debug ? `\n${(error as Error).stack}` : '';
    if (error instanceof Interrupted) return readerGone() ? 130 : fail(`${error.message}${stack}`, 130);
    if (isUsage(error)) return fail(`${error.message}\nSee 'gelu-lab ${commandIn(argv)}--help'.${stack}`, 2);
    const known = error instanceof LabError ? error : missingPackage(error);
    return fail(known === undefined ? unexpected(error, debug) : `${known.message}${stack}`, 1);
  }
}

async function dispatch(argv: readonly string[]): Promise<number> {
  if (argv[0] === '--version' || argv[0] === '-v') return print(packageVersion('gelu-lab'));
  const help = argv.findIndex((word) => word === '--help' || word === '-h');
  const words = argv[0] === 'help' ? argv.slice(1) : help < 0 ? argv : argv.slice(0, help);
  const wantsHelp = words !== argv;
  if (argv.length === 0) return print(FIRST);
  const { command, parent, rest } = await find(joined(words), wantsHelp);
  if (wantsHelp) {
    const listed = Object.keys(command.subCommands ?? {}).join('|');
    const full = await renderUsage(command, parent);
    const usage = listed === '' ? full : full.replace(listed, 'COMMAND'); // they are listed below
    return print(`${usage}${command === root ? FOR_ALL : ''}${examplesText(examplesOf(command))}`);
  }
  checkOptions(rest, command.args as ArgsDef);
  process.exitCode = 0;
  await runCommand(command, { rawArgs: [...rest] });
  return Number(process.exitCode);
}

/** The command that some words name, as 'onnx', 'rewrite'. @throws UsageError if there is none. */
export async function commandNamed(words: readonly string[]): Promise<AnyCommand> {
  return (await find(words, true)).command;
}

/** Whether a call would be understood, as far as command, options and number of arguments go. @throws UsageError if not. */
export async function checkCall(argv: readonly string[]): Promise<void> {
  const { command, rest } = await find(joined(argv), false);
  checkOptions(rest, command.args as ArgsDef);
}

/** `--range -5,5` as `--range=-5,5`: a value that begins with a minus sign is no option. */
function joined(words: readonly string[]): string[] {
  const out: string[] = [];
  for (const word of words) {
    const last = out.at(-1);
    if (/^-[\d.]/.test(word) && last?.startsWith('--') && !last.includes('=')) out[out.length - 1] = `${last}=${word}`;
    else out.push(word);
  }
  return out;
}

interface Found {
  command: AnyCommand;
  /** The words that name it: 'onnx rewrite'. */
  path: string;
  /** What help shows before the command's name. */
  parent?: AnyCommand;
  rest: readonly string[];
}

/** The command that the first words name, also within a group of commands; the group itself where help is wanted. */
async function find(words: readonly string[], wantsHelp: boolean): Promise<Found> {
  let found: Found = { command: root, path: '', rest: words };
  while (found.command.subCommands !== undefined) {
    const { command, rest } = found;
    const commands = command.subCommands as Readonly<Record<string, () => Promise<AnyCommand>>>;
    const [name, ...others] = rest;
    if (name === undefined && wantsHelp) return found;
    const names = Object.keys(commands);
    if (name === undefined) throw new UsageError(`Which command? ${names.join(', ')}`);
    if (!Object.hasOwn(commands, name)) {
      const told = `There is no command '${name}'; there are ${names.join(', ')}.`;
      throw new UsageError(`${told}${suggestion(name, names)}`);
    }
    const parent: AnyCommand = { meta: { name: `gelu-lab ${found.path}`.trim() } };
    found = { command: await commands[name](), parent, path: `${found.path} ${name}`.trim(), rest: others };
  }
  return found;
}

/**
 * citty lets unknown options and superfluous arguments pass; a slip of the pen should not start a long run. A command
 * takes as many arguments as it has positional ones, any number if the last one's `valueHint` ends in '…'.
 */
function checkOptions(given: readonly string[], args: ArgsDef = {}): void {
  const all = Object.entries(args);
  const options = Object.fromEntries(
    all.flatMap(([name, { type }]) => (type === 'positional' ? [] : [[name, { type: valueType(type) }]])),
  );
  const positional = all.filter(([, { type }]) => type === 'positional');
  const open = positional.at(-1)?.[1].valueHint?.endsWith('…') ?? false;
  let words: readonly string[];
  try {
    words = parseArgs({ args: [...given], options, allowPositionals: positional.length > 0 }).positionals;
  } catch (error) {
    throw new UsageError(optionProblem(error as NodeJS.ErrnoException, Object.keys(options)));
  }
  if (!open && words.length > positional.length)
    throw new UsageError(`Unexpected argument '${words[positional.length]}'`);
  const missing = positional[words.length];
  if (missing !== undefined && missing[1].required !== false && missing[1].default === undefined)
    throw new UsageError(`Which ${missing[0]}?`);
}

/** What `parseArgs` says; of an unknown option with those there are. */
function optionProblem({ code, message }: NodeJS.ErrnoException, names: readonly string[]): string {
  const unknown = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? /'(-[^']*)'/.exec(message)?.[1] : undefined;
  if (unknown === undefined) return message;
  const options = names.map((name) => `--${name}`);
  const others = options.length === 0 ? 'this command has none' : `there are ${options.join(', ')}`;
  return `Unknown option '${unknown}'; ${others}.${suggestion(unknown, options)}`;
}

function valueType(type: ArgsDef[string]['type']): 'boolean' | 'string' {
  return type === 'boolean' ? type : 'string';
}

/** Commands may also throw a RangeError that begins with the name of the option; citty has an error of its own. */
function isUsage(error: unknown): error is Error {
  if (error instanceof RangeError) return error.message.startsWith('--');
  return error instanceof UsageError || (error instanceof Error && error.name === 'CLIError');
}

function commandIn(argv: readonly string[]): string {
  const name = argv[0];
  return name !== undefined && Object.hasOwn(COMMANDS, name) ? `${name} ` : '';
}

function print(text: string): number {
  show(coloured() ? text : stripVTControlCharacters(text));
  return 0;
}

function fail(text: string, code: number): number {
  const { stderr } = process;
  stderr.write(`${wrapped(`gelu-lab: ${text}`, stderr.isTTY ? outputWidth(stderr) : Infinity)}\n`);
  return code;
}
