import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../../../test/support/folder.js';
import { called } from '../../../test/support/cli.js';
import { type Cell, measureCell, WHOLE } from '../../landscape/cell.js';
import type { Found } from '../../landscape/errors.js';
import type { FunctionName } from '../../landscape/functions.js';
import type { Reference } from '../../landscape/reference.js';
import { loadTarget } from '../../landscape/targets/index.js';
import { readCells } from './docs.js';
import { landscapeMarkdown } from './markdown.js';

const DOCS = join(import.meta.dirname, '..', '..', '..', '..', '..', 'docs');
const folder = temporaryFolder('landscape');

test('the page is what the cells beside it say', () => {
  const cells = readCells(DOCS);
  expect(readFileSync(join(DOCS, 'landscape.md'), 'utf8')).toBe(landscapeMarkdown(cells));
  const activations = (target: string): number => cells.filter((cell) => cell.target === target).length;
  const targets = [...new Set(cells.map(({ target }) => target))];
  expect(targets.filter((target) => activations(target) >= 20).length).toBeGreaterThanOrEqual(12);
  for (const { versions } of cells) expect(Object.values(versions)).not.toContain('unknown');
});

/** What must be found again: to the bit where WebAssembly computes, nearly where the processor's instructions decide. */
const about = (found: Cell['found'][number]): object | null => {
  if (found === null || 'failed' in found) return found;
  const near = (x: number | undefined): number | null => (x === undefined ? null : Number(x.toPrecision(1)));
  const { lost, sign, broken, specials } = found as Found;
  return { lost: near(lost?.x), sign: sign !== null, broken: near(broken?.x), specials: specials.map(({ x }) => x) };
};

const references = new Map<string, Reference>();

test.each<[target: string, exact: boolean]>([
  ['tfjs-wasm', true],
  ['jax-wasm', true],
  ['onnx-node', false],
])('%s does what the page says', async (id, exact) => {
  const names: FunctionName[] = ['gelu', 'silu', 'softplus'];
  const target = await loadTarget(id);
  const written = readCells(DOCS).filter((cell) => cell.target === id);
  for (const name of names) {
    const cell = await measureCell(id, target, name, { ...WHOLE, quick: true, rounds: 0 }, references);
    const kept = written.find((other) => other.function === name)!;
    const hint = `${id} ${name}: gelu-lab landscape --targets ${id} --docs docs`;
    expect(cell.versions, hint).toEqual(kept.versions);
    expect(cell.computes, hint).toEqual(kept.computes);
    if (exact) expect(cell.found, hint).toEqual(kept.found);
    else expect(cell.found.map(about), hint).toEqual(kept.found.map(about));
  }
  await target.close?.();
});

test('a run that was stopped goes on with what it lacks', async () => {
  const out = join(folder, 'runs');
  const options = ['--quick', '--targets', 'math,gelu', '--activations', 'relu,gelu', '--json'];
  const first = JSON.parse((await called('landscape', ...options, '--out', out)).out);
  expect(first.cells.map((cell: Cell) => `${cell.target} ${cell.function}`)).toEqual([
    'math relu',
    'math gelu',
    'gelu relu',
    'gelu gelu',
  ]);
  const metrics = join(first.folder, 'metrics.jsonl');
  const [kept] = readFileSync(metrics, 'utf8').split('\n');
  rmSync(metrics);
  rmSync(join(first.folder, 'landscape.md'));
  writeFileSync(metrics, `${kept}\n{"kind":"ce`);
  const second = JSON.parse((await called('landscape', '--resume', first.folder, '--json')).out);
  expect(second.cells[0].speed).toEqual(first.cells[0].speed);
  expect(second.cells.map((cell: Cell) => cell.found)).toEqual(first.cells.map((cell: Cell) => cell.found));
  expect(existsSync(second.page)).toBe(true);
});

test.each<[string[], RegExp]>([
  [['--targets', 'torch'], /--targets must be some of gelu, .*, got 'torch'/],
  [['--activations', 'swish'], /--activations must be some of gelu, .*, got 'swish'/],
  [['--port', 'math'], /--port must be two targets, from,to, got 'math'/],
  [['--resume', 'x', '--targets', 'math'], /settled when a run starts/],
])('a wrong call: %j', async (argv, message) => {
  expect(await called('landscape', ...argv, '--out', folder)).toMatchObject({
    code: 2,
    err: expect.stringMatching(message),
  });
});
