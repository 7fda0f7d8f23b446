import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../../../test/support/folder.js';
import { artifacts, PATTERNS, patternGraph } from '../../../../gelu/test/support/graph-model.js';
import { called } from '../../../test/support/cli.js';

const folder = temporaryFolder('tfjs-cli');
const at = (name: string): string => join(folder, name);

/** A converter's files: model.json, and its weights in two shards that part in the middle of a number. */
function put(name: string, pattern: (typeof PATTERNS)[number]): string {
  const { graph, y } = patternGraph(pattern.build);
  const { weightData, weightSpecs, ...rest } = artifacts(graph, [y]);
  const bytes = new Uint8Array(weightData as ArrayBuffer);
  writeFileSync(at(`${name}.1of2.bin`), bytes.subarray(0, 6));
  writeFileSync(at(`${name}.2of2.bin`), bytes.subarray(6));
  const weightsManifest = [{ paths: [`${name}.1of2.bin`, `${name}.2of2.bin`], weights: weightSpecs }];
  const text = JSON.stringify({ ...rest, weightsManifest });
  writeFileSync(at(`${name}.json`), text);
  return text;
}

const text = put('model', PATTERNS[0]);
put('silu', PATTERNS.find(({ activation }) => activation === 'silu')!);
writeFileSync(at('lost.json'), text.replaceAll('model.1of2', 'absent'));
writeFileSync(at('layers.json'), JSON.stringify({ format: 'layers-model', modelTopology: {} }));
writeFileSync(at('page.json'), '<html>');
writeFileSync(at('empty.json'), '');

test('inspect: a table, or JSON', async () => {
  const table = await called('tfjs', 'inspect', at('model.json'));
  expect(table.code).toBe(0);
  expect(table.out).toMatch(/9 nodes; 1 activation .*\n\n.*\n.*gelu none +Erf +5 +\de-\d+ +main: x →/s);
  const { out } = await called('tfjs', 'inspect', at('silu.json'), '--json');
  expect(JSON.parse(out).activations).toMatchObject([{ activation: 'silu', written: 'Sigmoid' }]);
});

test('rewrite: a new file, the old one as it was', async () => {
  const first = await called('tfjs', 'rewrite', at('model.json'), '--out', at('new.json'));
  expect(first.code).toBe(0);
  expect(first.out).toMatch(/new\.json: 1 rewritten to GeluActivation.*\ngelu none main: x →/);
  expect(readFileSync(at('model.json'), 'utf8')).toBe(text);
  expect(JSON.parse(readFileSync(at('new.json'), 'utf8')).modelTopology.node).toHaveLength(2);
  const second = await called('tfjs', 'rewrite', at('new.json'), '--out', at('none.json'));
  expect([second.code, second.out]).toEqual([1, 'Nothing to rewrite; no file was written.\n']);
  expect(existsSync(at('none.json'))).toBe(false);
  expect(
    (await called('tfjs', 'rewrite', at('model.json'), '--out', at('none.json'), '--activation', 'mish')).code,
  ).toBe(1);
  mkdirSync(at('other'));
  const moved = await called('tfjs', 'rewrite', at('model.json'), '--out', at('other/model.json'));
  expect(moved.out).toContain(`Its weights stay in ${folder}: model.1of2.bin, model.2of2.bin.`);
});

test.each<[string[], number, RegExp]>([
  [['inspect'], 2, /Which model\?/],
  [['rewrite', at('model.json')], 2, /--out/],
  [['rewrite', at('model.json'), '--out', at('model.json')], 2, /--out is the model itself/],
  [['rewrite', at('model.json'), '--out', at('x'), '--activation', 'relu'], 2, /--activation must be one of gelu/],
  [['inspect', at('absent.json')], 1, /absent\.json cannot be read/],
  [['inspect', folder], 1, /it is a folder/],
  [['inspect', at('lost.json')], 1, /lost\.json: its weights, which hold its constants, cannot be read.*absent/],
  [['inspect', at('layers.json')], 1, /layers\.json: a layers model/],
  [['inspect', at('page.json')], 1, /page\.json: not a model\.json/],
  [['inspect', at('empty.json')], 1, /but empty/],
])('a wrong call: %j', async (argv, code, message) => {
  const before = readdirSync(folder);
  expect(await called('tfjs', ...argv)).toMatchObject({ code, err: expect.stringMatching(message) });
  expect(readdirSync(folder)).toEqual(before);
});
