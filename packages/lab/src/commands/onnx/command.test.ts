import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../../../test/support/folder.js';
import { called } from '../../../test/support/cli.js';
import { patternModel } from '../../onnx-models/pattern-model.js';
import { PATTERNS } from '../../onnx-models/patterns.js';

const folder = temporaryFolder('onnx-cli');
const at = (name: string): string => join(folder, name);
const bytes = patternModel(PATTERNS[0]);
writeFileSync(at('model.onnx'), bytes);
writeFileSync(at('page.onnx'), '<!DOCTYPE html><html><body>404</body></html>');
writeFileSync(at('pointer.onnx'), 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n');
writeFileSync(at('empty.onnx'), '');
writeFileSync(at('early.onnx'), patternModel({ build: (g, x) => g.op('Gelu', [x]) }));
writeFileSync(at('cut.onnx'), bytes.subarray(0, 100));
writeFileSync(at('relu.onnx'), patternModel({ build: (g, x) => g.op('Relu', [x]) }));

test('inspect: a table, or JSON with what the runtime did', async () => {
  const table = await called('onnx', 'inspect', at('model.onnx'));
  expect(table.code).toBe(0);
  expect(table.out).toMatch(/opset 17; 6 nodes; 1 GELU\n.*none +erf +5 +float32 +com\.microsoft\.Gelu +main: x →/s);
  const { out } = await called('onnx', 'inspect', at('model.onnx'), '--run', '--json');
  expect(JSON.parse(out).gelus).toMatchObject([{ variant: 'none', optimized: 'com.microsoft.Gelu' }]);
  expect((await called('onnx', 'inspect', at('relu.onnx'))).out).toMatch(/no GELUs/);
});

test('inspect --run of a model that the runtime refuses: the table, one line, and exit code 1', async () => {
  const { code, out, err } = await called('onnx', 'inspect', at('early.onnx'), '--run');
  expect(code).toBe(1);
  expect(out).toMatch(/none +Gelu +1 .*refused: the operator came with opset 20, the model has 17/);
  expect(err.trim()).toMatch(/^gelu-lab: ONNX Runtime refuses .*early\.onnx: .*No Op registered for Gelu.*$/);
  const json = await called('onnx', 'inspect', at('early.onnx'), '--run', '--json');
  expect([json.code, JSON.parse(json.out).refused]).toEqual([1, expect.stringMatching(/No Op registered/)]);
});

test('rewrite: a new file, the old one as it was', async () => {
  const to = at('new.onnx');
  const first = await called('onnx', 'rewrite', at('model.onnx'), '--to', 'gelu', '--out', to);
  expect(first.code).toBe(0);
  expect(first.out).toMatch(/1 of 1 GELUs rewritten to gelu\nopset 17 → 20/);
  expect(readFileSync(at('model.onnx')).equals(bytes)).toBe(true);
  expect((await called('onnx', 'inspect', to)).out).toMatch(/none +Gelu +1 /);
  const second = await called('onnx', 'rewrite', to, '--to', 'microsoft', '--out', to, '--overwrite', '--json');
  expect(JSON.parse(second.out)).toMatchObject({ rewritten: [{ written: 'Gelu' }], kept: [] });
  const third = await called('onnx', 'rewrite', to, '--to', 'microsoft', '--out', at('none.onnx'));
  expect(third.code).toBe(1);
  expect(third.out).toMatch(/Nothing to rewrite; no file was written\.\nkept main: x → .*written so already/);
  expect(existsSync(at('none.onnx'))).toBe(false);
});

test('rewrite --verify: runs both first, and writes nothing where they differ too much', async () => {
  const to = at('verified.onnx');
  const argv = ['onnx', 'rewrite', at('model.onnx'), '--to', 'accurate', '--out', to, '--verify'];
  const before = readdirSync(folder);
  const strict = await called(...argv, '--tolerance', '0');
  expect([strict.code, strict.err]).toEqual([
    1,
    expect.stringMatching(/not verified.*'y' differs by .*; 0 is allowed/),
  ]);
  expect(readdirSync(folder)).toEqual(before);
  const { code, out } = await called(...argv, '--dims', 'n=100');
  expect([code, out]).toEqual([0, expect.stringMatching(/verified: 'y' differs by at most \d.*e-\d/)]);
  const other = await called(...argv.map((word) => (word === 'accurate' ? 'microsoft' : word)), '--variant', 'sigmoid');
  expect([other.code, other.out]).toEqual([0, expect.stringMatching(/differs by at most 0\.0/)]);
  expect((await called(...argv, '--dims', 'n')).code).toBe(2);
});

test.each<[string[], number, RegExp]>([
  [['inspect'], 2, /Which model\?/],
  [['inspect', 'a', 'b'], 2, /Unexpected argument 'b'/],
  [['rewrite', at('model.onnx'), '--out', at('x')], 2, /--to/],
  [['rewrite', at('model.onnx'), '--to', 'erf', '--out', at('x')], 2, /--to must be one of gelu, microsoft/],
  [['rewrite', at('model.onnx'), '--to', 'gelu', '--out', at('model.onnx')], 2, /--out is the model itself/],
  [['rewrite', at('model.onnx'), '--to', 'gelu', '--out', at('no/folder/x')], 1, /cannot be written/],
  [['inspect', at('absent.onnx')], 1, /absent\.onnx cannot be read/],
  [['inspect', at('cut.onnx')], 1, /cut\.onnx: the model is cut off/],
  [['rewrite', at('cut.onnx'), '--to', 'gelu', '--out', at('x')], 1, /cut off/],
  [['inspect', folder], 1, /is a directory, in it: .*model\.onnx/],
  [['inspect', at('page.onnx')], 1, /page\.onnx: not an ONNX model but an HTML page/],
  [['rewrite', at('pointer.onnx'), '--to', 'gelu', '--out', at('x')], 1, /a Git LFS pointer .* 'git lfs pull'/],
  [['inspect', at('empty.onnx'), '--run'], 1, /the file is empty/],
  [['compile'], 2, /no command 'compile'; there are inspect, rewrite/],
])('a wrong call: %j', async (argv, code, message) => {
  const before = readdirSync(folder);
  const { code: exit, err } = await called('onnx', ...argv);
  expect([exit, err]).toEqual([code, expect.stringMatching(message)]);
  if (code === 1) expect(err.trim().split('\n')).toHaveLength(1);
  expect(readdirSync(folder)).toEqual(before);
});
