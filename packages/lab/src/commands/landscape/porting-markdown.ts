import { significant } from '../../console/figures.js';
import type { Cell } from '../../landscape/cell.js';
import { FUNCTION_NAMES } from '../../landscape/functions.js';
import { exactCells, type Ported, ported } from '../../landscape/porting.js';
import { table } from './markdown-table.js';

/** Below this two runtimes agree as well as float32 lets formulas agree. */
const SAME = 1e-5;
const NO_TARGET = 'the definition';

/** From where to where models are carried; the first of each: what papers and PyTorch's documentation say. */
const ROUTES: readonly (readonly [from: string | null, to: string])[] = [
  [null, 'tfjs-wasm'],
  [null, 'jax-wasm'],
  [null, 'onnx-node'],
  [null, 'onnx-node-float16'],
  [null, 'litert-wasm'],
  ['tfjs-cpu', 'tfjs-wasm'],
  ['tfjs-wasm', 'tfjs-webgl'],
  ['tfjs-wasm', 'tfjs-webgpu'],
  ['tfjs-wasm', 'onnx-web'],
  ['tfjs-wasm', 'jax-wasm'],
  ['onnx-node', 'onnx-node-float16'],
  ['onnx-node', 'onnx-web'],
  ['onnx-web', 'onnx-webgpu'],
  ['onnx-node', 'litert-wasm'],
  ['jax-wasm', 'jax-webgpu'],
];

const INSTEAD: readonly (readonly [target: RegExp, advice: string])[] = [
  [/^tfjs/, '`import "gelu/tfjs"`: models keep their names, or its `activation(name)`'],
  [/^jax/, 'the function of the same name in `gelu/jax`'],
  [/^onnx/, '`gelu-lab onnx rewrite --to accurate` (GELU, SiLU), or `gelu` on the tensor’s data'],
  [/./, 'the function of the same name in `gelu`, on arrays'],
];

/** What changes on the usual routes, of the targets that were measured. */
export function portingMarkdown(cells: readonly Cell[]): string[] {
  const routes = ROUTES.filter(([from, to]) => has(cells, to) && (from === null || has(cells, from)));
  if (routes.length === 0) return [];
  return [
    '## Porting a model',
    '',
    `Activations whose results change by more than ${SAME} (of results above 1, as a part of them), or by more than 1 % from some input on.`,
    'Any two targets: `gelu-lab landscape --port from,to`.',
    '',
    ...routes.flatMap(([from, to]) => routeMarkdown(cells, from, to)),
  ];
}

const has = (cells: readonly Cell[], id: string): boolean => cells.some(({ target }) => target === id);

/** A route: what differs, and what to call instead. */
export function routeMarkdown(cells: readonly Cell[], from: string | null, to: string): string[] {
  const after = cells.filter(({ target }) => target === to);
  const names = FUNCTION_NAMES.filter((name) => after.some((cell) => cell.function === name));
  const before = from === null ? exactCells(names) : cells.filter(({ target }) => target === from);
  const rows = ported(before, after).filter(({ missing, apart, from }) => missing || apart > SAME || from !== null);
  const [, instead] = INSTEAD.find(([pattern]) => pattern.test(to))!;
  return [
    `### From ${from ?? NO_TARGET} to ${to}`,
    '',
    ...(rows.length === 0
      ? ['No activation changes.', '']
      : [
          ...table(['activation', 'differs most', 'more than 1 % from'], rows.map(row)),
          '',
          `Instead: ${instead}.`,
          '',
        ]),
  ];
}

function row({ function: name, apart, at, before, after, from, missing }: Ported): string[] {
  if (missing) return [name, 'is not there', ''];
  const most = `${significant(apart)} at ${significant(at)}: ${significant(before)} → ${significant(after)}`;
  return [name, most, from === null ? '' : significant(from)];
}
