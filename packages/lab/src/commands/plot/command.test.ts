import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { activation } from 'gelu';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../../../test/support/folder.js';
import { type Called, called } from '../../../test/support/cli.js';
import { sampled } from '../../plots/curves.js';
import { largestDifference, ulpDifference } from '../../plots/difference.js';

const folder = emptyFolder('plot');

async function succeeded(...argv: string[]): Promise<Called> {
  const result = await called(...argv);
  expect([result.code, result.err]).toEqual([0, '']);
  return result;
}

test('a plot for the terminal, three panels, no colours where there is no terminal', async () => {
  const { out } = await succeeded('plot', 'gelu', 'silu:beta=1.5');
  expect(out).toMatch(/a GELU {3}b SiLU, beta 1\.5/);
  expect(out.match(/└─+/g)).toHaveLength(3);
  expect(out).toMatch(/[\u2801-\u28ff]{5}/);
  expect(out).not.toContain('\x1b');
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('one order over a range that begins with a minus sign', async () => {
  const { out } = await succeeded('plot', 'relu', '--derivative', '1', '--range', '-2,3', '--json');
  const { range, x, activations } = JSON.parse(out);
  expect([range, x[0], x.at(-1)]).toEqual([[-2, 3], -2, 3]);
  expect(Object.keys(activations[0])).not.toContain('value');
  expect([activations[0].derivative[0], activations[0].derivative.at(-1)]).toEqual([0, 1]);
  expect(activations[0].facts).toMatchObject({ range: '[0, ∞)', smoothness: 'C0 at x = 0' });
});

test('files: SVG, PNG, a page that loads nothing; JSON beside them', async () => {
  for (const name of ['a.svg', 'a.png', 'a.html'])
    await succeeded('compare', 'gelu', 'gelu_new', 'relu', '--out', join(folder, name));
  expect(readdirSync(folder).sort()).toEqual(['a.html', 'a.png', 'a.svg']);
  const svg = readFileSync(join(folder, 'a.svg'), 'utf8');
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(svg).toMatch(/Second derivative[\s\S]*ULP from GELU/);
  expect(svg).not.toMatch(/var\(--|NaN/);
  const png = readFileSync(join(folder, 'a.png'));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1280, 2 * (34 + 3 * 306 + 2 * 266)]);
  const document = readFileSync(join(folder, 'a.html'), 'utf8');
  expect(document).toMatch(/Differences[\s\S]*Facts[\s\S]*Hendrycks/);
  expect(document).not.toMatch(/(src|href)="/);
  const { out } = await succeeded('plot', 'gelu', '--json', '--out', join(folder, 'b.svg'));
  expect(JSON.parse(out).activations[0].label).toBe('GELU');
});

test('a comparison: differences and facts side by side', async () => {
  const { out } = await succeeded('compare', 'gelu', 'relu', '--derivative', '0');
  expect(out).toMatch(/ReLU +f +0\.17 +(−?)0\.752/);
  expect(out).toMatch(/minimum +−0\.169971 at x = −0\.751792 +0 at x = 0/);
  expect(out).toMatch(/year +2016 +2010/);
  const { out: json } = await succeeded('compare', 'gelu', 'gelu_new', '--json', '--range=0,6', '--dtype', 'float64');
  const { differences, dtype } = JSON.parse(json);
  expect(dtype).toBe('float64');
  expect(differences.map(({ order }: { order: number }) => order)).toEqual([0, 1, 2]);
  expect(differences[0].absolute.worst).toBeCloseTo(4.73e-4, 6);
});

test.each<[string[], RegExp]>([
  [['plot'], /Which activations\?/],
  [['plot', 'geluu'], /geluu.*'gelu'/],
  [['plot', 'gelu', '--range', '3'], /--range must be two numbers/],
  [['plot', 'gelu', '--range', '3,-3'], /--range must be two numbers/],
  [['plot', 'gelu', '--derivative', '3'], /derivative/],
  [['plot', 'gelu', '--out', 'a.gif'], /--out must end in \.svg, \.png, \.html, got 'a\.gif'/],
  [['compare', 'gelu'], /two or more/],
])('%j is refused', async (argv, message) => {
  const { code, err } = await called(...argv);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});

test('a file that cannot be written is reported', async () => {
  const { code, err } = await called('plot', 'gelu', '--out', join(folder, 'no/such.svg'));
  expect(code).toBe(1);
  expect(err).toMatch(/such\.svg cannot be written/);
});

test('differences: how far, where, and on average', () => {
  const [relu, identity, leaky] = ['relu', 'identity', 'leakyRelu'].map((name) => activation(name));
  const found = largestDifference(relu, identity, [-4, 4]);
  expect(found).toMatchObject({ worst: 4, at: -4 });
  expect(found.mean).toBeCloseTo(1, 3);
  const between = largestDifference(activation('gelu'), relu, [-8, 8]);
  expect(between.worst).toBeCloseTo(0.16997120747990366, 12);
  expect(Math.abs(between.at)).toBeCloseTo(0.7517915, 5);
  // 0.99·|x| below 0, where leakyRelu is 0.01·x: 99 times the value, in units of 2⁻²³ of its binade.
  const ulp = ulpDifference(leaky, identity, [-1, -0.5], 0, 'float32').worst;
  expect(ulp / 2 ** 23).toBeGreaterThan(99);
  expect(ulp / 2 ** 23).toBeLessThan(198);
});

test('a jump is a gap, not a line', () => {
  const points = sampled(activation('relu'), 1, [-1, 1], 5);
  const gap = points.findIndex(([, y]) => Number.isNaN(y));
  expect(points.slice(gap - 1, gap + 2).map(([, y]) => y)).toEqual([0, Number.NaN, 1]);
  expect(sampled(activation('relu'), 0, [-1, 1], 5).map(([, y]) => y)).toEqual([0, 0, 0, 0.5, 1]);
});
