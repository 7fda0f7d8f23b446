import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gain } from 'gelu';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../../../test/support/folder.js';
import { called } from '../../../test/support/cli.js';
import type { Field } from './measure.js';

const folder = emptyFolder('meanfield');

test('the table fits 80 columns, and says at which gains a signal lives', async () => {
  const { code, out } = await called('meanfield', 'gelu', 'relu', 'silu:beta=1.5');
  expect(code).toBe(0);
  expect(out).toMatch(/GELU +1\.5335 +1\.0844 +1\.4811/);
  expect(out).toMatch(/ReLU +1\.4142 +1\.0000 +1\.4142 +1\.4142 +0\.0000/);
  expect(out).toMatch(/GELU +·+=*\++\n/);
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('figures as JSON are those of the library', async () => {
  const [field] = JSON.parse((await called('meanfield', 'gelu', '--json')).out) as Field[];
  expect(field.forward).toBe(gain('gelu'));
  expect(field.backward).toBe(gain('gelu', { keep: 'backward' }));
  expect(field.strip.find(({ fate }) => fate === 'grows')?.gain).toBeGreaterThan(1.5);
  expect(field.atHe).toBeLessThan(0.01);
});

test('the phase diagram as a file and a page', async () => {
  const [svg, page] = ['phases.svg', 'phases.html'].map((name) => join(folder, name));
  for (const file of [svg, page]) expect(await called('meanfield', '--out', file)).toMatchObject({ code: 0 });
  expect(readFileSync(svg, 'utf8')).toMatch(/^<svg xmlns/);
  expect(readFileSync(page, 'utf8')).toMatch(/Edge of chaos[\s\S]*<svg[\s\S]*GELU:\s+a signal tips/);
});

test('docs/gains.md is what the command writes', async () => {
  const file = join(folder, 'gains.md');
  await called('meanfield', '--all', '--out', file);
  const kept = join(import.meta.dirname, '../../../../../docs/gains.md');
  expect(readFileSync(file, 'utf8')).toBe(readFileSync(kept, 'utf8'));
});

test.each([
  [['meanfield', 'geluu'], /geluu/],
  [['meanfield', '--q', '0'], /--q must be a number from 0.000001 to 1000000/],
  [['meanfield', '--out', 'x.png'], /--out must end in .svg, .html, .md/],
  [['meanfield', 'gelu', '--all'], /exclude each other/],
])('a wrong call is reported: %j', async (call, message) => {
  const { code, err } = await called(...call);
  expect([code, err]).toEqual([2, expect.stringMatching(message)]);
});
