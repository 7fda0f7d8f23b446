import { extname } from 'node:path';
import { activationNamed, type NamedActivation, SPEC_HINT } from '../console/activation-spec.js';
import { UsageError } from '../console/errors.js';
import { numbersOption } from '../console/options.js';
import { isShown, type ShowArgs, type ShowChoices, showArgs } from '../console/serve.js';
import { STDOUT } from '../run/write.js';
import type { Order, Range } from './curves.js';

type Text = { type: 'string'; description: string; valueHint: string };

/** The options that `plot` and `compare` share. */
export type PlotArgs = ShowArgs & {
  activations: { type: 'positional'; required: true; description: string; valueHint: string };
  range: Text & { default: string };
  derivative: { type: 'enum'; options: ('0' | '1' | '2' | 'all')[]; default: 'all'; description: string };
  out: Text;
  json: { type: 'boolean'; default: boolean; description: string };
};

export const plotArgs: PlotArgs = {
  activations: { type: 'positional', required: true, valueHint: 'activation…', description: `each a ${SPEC_HINT}` },
  range: { type: 'string', valueHint: 'from,to', default: '-5,5', description: 'of x' },
  derivative: {
    type: 'enum',
    options: ['0', '1', '2', 'all'],
    default: 'all',
    description: '0 the function, 1 or 2 a derivative, or all',
  },
  out: {
    type: 'string',
    valueHint: 'file',
    description: 'write a file instead: .svg, .png or .html; - is standard output, as SVG',
  },
  json: { type: 'boolean', default: false, description: 'print the data as JSON' },
  ...showArgs,
};

const FORMATS = ['svg', 'png', 'html'] as const;

/** The options, checked. */
export interface PlotChoices {
  named: NamedActivation[];
  range: Range;
  orders: Order[];
  out?: { path: string; format: (typeof FORMATS)[number] };
}

/** @throws UsageError that names what is wrong. */
export function plotChoices(
  names: readonly string[],
  given: { range: string; derivative: string; out?: string | undefined; json?: boolean } & Partial<ShowChoices>,
): PlotChoices {
  const ends = numbersOption('range', given.range, -Number.MAX_VALUE, Number.MAX_VALUE, false);
  const [from, to] = ends;
  if (ends.length !== 2 || !(from < to && Number.isFinite(to - from)))
    throw new UsageError(`--range must be two numbers, the smaller one first, got '${given.range}'`);
  const named = names.map(activationNamed);
  const orders = given.derivative === 'all' ? [0, 1, 2] : [Number(given.derivative)];
  const choices: PlotChoices = { named, range: [from, to], orders: orders as Order[] };
  const shown = isShown({ open: false, serve: false, ...given });
  const path = given.out ?? (shown ? 'gelu-lab-curves.html' : undefined);
  if (path === undefined) return choices;
  if (path === STDOUT && given.json) throw new UsageError('--json and --out - would both be on standard output');
  if (path === STDOUT && shown) throw new UsageError('--open and --serve need a file; leave out --out -');
  if (path === STDOUT) return { ...choices, out: { path, format: 'svg' } };
  const format = FORMATS.find((known) => `.${known}` === extname(path).toLowerCase());
  if (format === undefined)
    throw new UsageError(`--out must end in ${FORMATS.map((f) => `.${f}`).join(', ')}, got '${path}'`);
  return { ...choices, out: { path, format } };
}
