import { extname } from 'node:path';
import { type CommandDef, defineCommand } from 'citty';
import { activations } from 'gelu';
import { activationNamed, type NamedActivation, SPEC_HINT } from '../../console/activation-spec.js';
import { UsageError } from '../../console/errors.js';
import { numberOption } from '../../console/options.js';
import { show } from '../../console/screen.js';
import { toJson } from '../../run/json.js';
import { say, writeOutput } from '../../run/write.js';
import { check, checkMarkdown, checkText } from './check.js';
import { type Field, fieldOf } from './measure.js';
import { fieldHtml, fieldSvg, gainsMarkdown } from './report.js';
import { fieldText, phasesText } from './text.js';

type Args = {
  activations: { type: 'positional'; required: false; description: string; valueHint: string };
  q: { type: 'string'; default: string; description: string; valueHint: string };
  all: { type: 'boolean'; default: boolean; description: string };
  phases: { type: 'boolean'; default: boolean; description: string };
  draws: { type: 'string'; description: string; valueHint: string };
  width: { type: 'string'; default: string; description: string; valueHint: string };
  depth: { type: 'string'; default: string; description: string; valueHint: string };
  out: { type: 'string'; description: string; valueHint: string };
  json: { type: 'boolean'; default: boolean; description: string };
};

const args: Args = {
  activations: {
    type: 'positional',
    required: false,
    valueHint: 'activation…',
    description: `each a ${SPEC_HINT}; default: gelu relu elu silu tanh`,
  },
  q: { type: 'string', valueHint: 'variance', default: '1', description: 'of what the activation is given' },
  all: { type: 'boolean', default: false, description: 'every activation there is' },
  phases: { type: 'boolean', default: false, description: 'draw the phases over weights and biases as text instead' },
  draws: { type: 'string', valueHint: 'n', description: 'check theory against so many random networks instead' },
  width: { type: 'string', valueHint: 'units', default: '1024', description: 'of those networks' },
  depth: { type: 'string', valueHint: 'layers', default: '50', description: 'of those networks' },
  out: { type: 'string', valueHint: 'file', description: 'write a file instead: .svg, .html or .md' },
  json: { type: 'boolean', default: false, description: 'print the figures as JSON' },
};

const WRITERS: Readonly<Record<string, (fields: readonly Field[]) => string>> = {
  '.svg': fieldSvg,
  '.html': fieldHtml,
  '.md': gainsMarkdown,
};

/** `gelu-lab meanfield`. */
export const meanfieldCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'meanfield',
    description: 'gains and the edge of chaos: what theory says of deep stacks',
    examples: [
      ['meanfield gelu relu', 'gains, and at which of them a signal dies, stays or grows'],
      ['meanfield gelu tanh --phases', 'order, chaos and the edge between them, over weights and biases'],
      ['meanfield --draws 20', 'theory against networks of width 1,024 and depth 50; some minutes'],
      ['meanfield gelu silu:beta=1.5 --out phases.svg', 'the phase diagram as a file'],
    ],
  },
  args,
  run: ({ args: given }) => {
    const write = given.out === undefined ? undefined : WRITERS[extname(given.out).toLowerCase()];
    if (given.out !== undefined && write === undefined)
      throw new UsageError(`--out must end in ${Object.keys(WRITERS).join(', ')}, got '${given.out}'`);
    if (given.all && given._.length > 0) throw new UsageError('--all and names of activations exclude each other');
    const q = numberOption('q', given.q, 1e-6, 1e6, false);
    const chosen = given._.length > 0 ? given._ : ['gelu', 'relu', 'elu', 'silu', 'tanh'];
    const names = given.all ? activations.map(({ name }) => name) : chosen;
    if (given.phases) {
      if (given.out !== undefined || given.json || given.draws !== undefined)
        throw new UsageError('--phases prints text; it goes without --out, --json and --draws');
      show(phasesText(names.map(activationNamed)));
      return;
    }
    if (given.draws !== undefined) {
      checked(names.map(activationNamed), given as Given & { draws: string });
      return;
    }
    const fields = names.map((name) => fieldOf(activationNamed(name), q, write !== gainsMarkdown || given.json));
    if (given.out !== undefined) {
      writeOutput(given.out, (write as (of: readonly Field[]) => string)(fields));
      if (!given.json) say(given.out, `${given.out}\n`);
    }
    if (given.json) process.stdout.write(`${toJson(fields)}\n`);
    else if (given.out === undefined) show(fieldText(fields));
  },
});

interface Given {
  draws?: string;
  width: string;
  depth: string;
  out?: string;
  json: boolean;
}

/** Theory against networks. @throws UsageError for an option that is not allowed. */
function checked(activations: readonly NamedActivation[], given: Given & { draws: string }): void {
  if (given.out !== undefined && extname(given.out).toLowerCase() !== '.md')
    throw new UsageError(`--out must end in .md with --draws, got '${given.out}'`);
  const whole = (name: 'draws' | 'width' | 'depth', least: number, most: number): number =>
    numberOption(name, given[name], least, most, true);
  const options = { width: whole('width', 16, 8192), depth: whole('depth', 1, 1000), draws: whole('draws', 2, 10_000) };
  const rows = check(activations, { ...options, seed: 1 });
  if (given.out !== undefined) {
    const names = activations.map(({ spec }) => spec).join(' ');
    const command = `gelu-lab meanfield ${names} --width ${options.width} --depth ${options.depth} --draws ${options.draws} --out ${given.out}`;
    writeOutput(given.out, checkMarkdown(rows, { ...options, seed: 1 }, command));
    if (!given.json) say(given.out, `${given.out}\n`);
  }
  if (given.json) process.stdout.write(`${toJson(rows)}\n`);
  else if (given.out === undefined) show(checkText(rows, { ...options, seed: 1 }));
}
