import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { coloured, paint } from './paint.js';

const stream = (isTTY: boolean): NodeJS.WriteStream =>
  ({ isTTY, hasColors: (_: number, { TERM }: NodeJS.ProcessEnv) => TERM !== 'dumb' }) as unknown as NodeJS.WriteStream;

test.each([
  ['a terminal', true, {}, true],
  ['a terminal without colours', true, { TERM: 'dumb' }, false],
  ['no terminal', false, {}, false],
  ['NO_COLOR', true, { NO_COLOR: '1' }, false],
  ['NO_COLOR, empty', true, { NO_COLOR: '' }, true],
  ['FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
  ['FORCE_COLOR over NO_COLOR', false, { FORCE_COLOR: '', NO_COLOR: '1' }, true],
  ['FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
] as const)('colours: %s', (_, isTTY, env, expected) => {
  expect(coloured(stream(isTTY), env)).toBe(expected);
});

test('marks, units and our rows', () => {
  const [green, red, bold, dim] = ['\x1b[32m', '\x1b[31m', '\x1b[1m', '\x1b[2m'];
  expect(paint('✔ pass')).toBe(`${green}✔\x1b[39m pass`);
  expect(paint('✘ FAIL')).toBe(`${red}✘\x1b[39m FAIL`);
  expect(paint('within 0.5 ULP, 3 % of 12 Gelem/s')).toBe(
    `within 0.5 ${dim}ULP\x1b[22m, 3 ${dim}%\x1b[22m of 12 ${dim}Gelem/s\x1b[22m`,
  );
  expect(paint('gelu (this library)  0.5 ULP')).toBe(`${bold}gelu (this library)  0.5 ULP\x1b[22m`);
  // Words that only begin like a unit, and prose about the library.
  const plain = '3 steps, 2 hours, at most 5 simple words; 2 s/step; as this library does';
  expect(paint(plain)).toBe(plain);
});

test('nothing but colours is added', () => {
  const text = 'gelu (this library)  ✔ 1 ms\n\n  TensorFlow.js  ✘ 2 ms';
  expect(stripVTControlCharacters(paint(text))).toBe(text);
});
