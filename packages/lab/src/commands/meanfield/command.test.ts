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

test('the phases as text', async () => {
  const { out } = await called('meanfield', 'tanh', '--phases');
  const row = (weight: string): string =>
    out
      .split('\n')
      .find((line) => line.startsWith(`  ${weight}  `))!
      .slice(7);
  // The edge: σw = 1 without biases, √1.76 at a bias variance of 0.05.
  expect(row('0.9')).toMatch(/^·{41}$/);
  expect(row('1.3')).toMatch(/^\+{8,9}·+$/);
  expect(row('2.4')).toMatch(/^\+{20}/);
  expect((await called('meanfield', 'tanh', '--phases', '--json')).code).toBe(2);
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

test('theory against networks, as text, figures and a page', async () => {
  const call = ['meanfield', 'relu', 'tanh', '--draws', '3', '--width', '32', '--depth', '3'];
  expect((await called(...call)).out).toMatch(/3 dense layers of 32 units, 3 draws[\s\S]*ReLU +he +0\.707 /);
  const rows = JSON.parse((await called(...call, '--json')).out);
  expect(rows).toHaveLength(6);
  expect(rows[0].distance).toBeCloseTo((rows[0].mean - rows[0].theory) / rows[0].standardError, 10);
  const file = join(folder, 'check.md');
  expect(await called(...call, '--out', file)).toMatchObject({ code: 0 });
  expect(readFileSync(file, 'utf8')).toMatch(
    /Written by `gelu-lab meanfield relu tanh --width 32[\s\S]*of 6 means|All 6 means/,
  );
});

test.each([
  [['meanfield', 'gelu', '--draws', '1'], /--draws must be a whole number from 2/],
  [['meanfield', 'gelu', '--draws', '3', '--out', 'x.svg'], /--out must end in \.md with --draws/],
  [['meanfield', 'geluu'], /geluu/],
  [['meanfield', '--q', '0'], /--q must be a number from 0.000001 to 1000000/],
  [['meanfield', '--out', 'x.png'], /--out must end in .svg, .html, .md/],
  [['meanfield', 'gelu', '--all'], /exclude each other/],
])('a wrong call is reported: %j', async (call, message) => {
  const { code, err } = await called(...call);
  expect([code, err]).toEqual([2, expect.stringMatching(message)]);
});
