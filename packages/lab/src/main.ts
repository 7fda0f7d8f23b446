import { parseArgs, stripVTControlCharacters } from 'node:util';
import { type ArgsDef, type CommandDef, defineCommand, renderUsage, runCommand } from 'citty';
import { Interrupted, LabError, UsageError } from './errors.js';
import { packageVersion } from './peers/version.js';

// biome-ignore lint/suspicious/noExplicitAny: citty's own type for commands with different options
type AnyCommand = CommandDef<any>;

/** Each command is loaded when it is called. */
const COMMANDS: Readonly<Record<string, () => Promise<AnyCommand>>> = {
  tour: async () => (await import('./tour/command.js')).tourCommand,
  accuracy: async () => (await import('./accuracy.js')).accuracyCommand,
  docs: async () => (await import('./docs.js')).docsCommand,
  bench: async () => (await import('./bench.js')).benchCommand,
};

const root: AnyCommand = defineCommand({
  meta: { name: 'gelu-lab', description: 'See and measure what the activation does to a model' },
  subCommands: COMMANDS,
});

/**
 * Runs the command line and returns its exit code: 0, 1 for a failure (also of a check that a command makes), 2 for a
 * call that cannot be understood, 130 if interrupted.
 */
export async function runCli(argv: readonly string[]): Promise<number> {
  try {
    return await dispatch(argv);
  } catch (error) {
    if (error instanceof Interrupted) return told(error.message, 130);
    if (isUsage(error)) return told(`${error.message}\nSee 'gelu-lab ${commandIn(argv)}--help'.`, 2);
    if (error instanceof LabError) return told(error.message, 1);
    throw error;
  }
}

async function dispatch(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === '--version' || name === '-v') return shown(packageVersion('gelu-lab'));
  if (name === '--help' || name === '-h' || name === 'help') return shown(await renderUsage(root));
  if (name === undefined) throw new UsageError(`Which command? ${Object.keys(COMMANDS).join(', ')}`);
  if (!Object.hasOwn(COMMANDS, name)) {
    throw new UsageError(`There is no command '${name}'; there are ${Object.keys(COMMANDS).join(', ')}.`);
  }
  const command = await COMMANDS[name]();
  if (rest.includes('--help') || rest.includes('-h')) return shown(await renderUsage(command, root));
  checkOptions(rest, command.args as ArgsDef);
  process.exitCode = 0;
  await runCommand(command, { rawArgs: rest });
  return Number(process.exitCode);
}

/** citty lets unknown options pass; a slip of the pen should not start a long run. */
function checkOptions(given: readonly string[], args: ArgsDef): void {
  const options = Object.fromEntries(
    Object.entries(args).map(([name, { type }]) => [name, { type: type === 'boolean' ? type : ('string' as const) }]),
  );
  try {
    parseArgs({ args: [...given], options, strict: true, allowPositionals: false });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Commands may also throw a RangeError that begins with the name of the option. */
function isUsage(error: unknown): error is Error {
  return error instanceof UsageError || (error instanceof RangeError && error.message.startsWith('--'));
}

function commandIn([name]: readonly string[]): string {
  return name !== undefined && Object.hasOwn(COMMANDS, name) ? `${name} ` : '';
}

function shown(text: string): number {
  process.stdout.write(`${process.stdout.isTTY ? text : stripVTControlCharacters(text)}\n`);
  return 0;
}

function told(text: string, code: number): number {
  process.stderr.write(`gelu-lab: ${text}\n`);
  return code;
}
