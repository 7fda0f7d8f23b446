import { expect, test } from 'vitest';
import { listOption, namedNumbersOption, numberOption, numbersOption, timeOption, wordsOption } from './options.js';

test.each([
  ['90', 90],
  ['90s', 90],
  ['2m', 120],
  ['1.5h', 5400],
  ['1d', 86_400],
  [' 10m ', 600],
])('the time %j', (text, seconds) => {
  expect(timeOption('budget', text)).toBe(seconds);
});

test.each(['', 'm', '0', '0m', '-1m', '1e3s', '1 m', '10M', '1h30m', 'Infinity'])('no time: %j', (text) => {
  expect(() => timeOption('budget', text)).toThrow(/^--budget must be a time like 90, 90s, 15m or 2h, got/);
});

test('a time out of its bounds is reported with them', () => {
  expect(() => timeOption('budget', '2d', { least: 1, most: 86_400 })).toThrow('from 1 s to 86400 s, got');
});

test.each([
  ['12', 12],
  ['-0.5', -0.5],
  ['+.5', 0.5],
  ['1e6', 1e6],
  [' 3. ', 3],
  ['Infinity', Number.POSITIVE_INFINITY],
])('the number %j', (text, value) => {
  expect(numberOption('gain', text, -1, Number.POSITIVE_INFINITY, false)).toBe(value);
});

test.each(['', ' ', '0x10', '0b1', '1_000', '1,5', 'NaN', '1e', '-', '1 2'])('no number: %j', (text) => {
  expect(() => numberOption('gain', text, 0, 100, false)).toThrow(/^--gain must be a number from 0 to 100, got/);
});

test('bounds and whole numbers', () => {
  expect(() => numberOption('jobs', '1.5', 1, 256, true)).toThrow(
    "--jobs must be a whole number from 1 to 256, got '1.5'",
  );
  expect(() => numberOption('lr', '0', Number.MIN_VALUE, 10, false)).toThrow('a number above 0, at most 10');
  expect(() => numberOption('lr', '-1', 0, Number.POSITIVE_INFINITY, false)).toThrow("a number from 0, got '-1'");
});

test('lists: by commas, each entry once; parameters stay with their activation', () => {
  expect(listOption('activations', 'gelu:mean=1,std=2, relu')).toEqual(['gelu:mean=1,std=2', 'relu']);
  expect(numbersOption('depth', '10, 50', 2, 100, true)).toEqual([10, 50]);
  expect(wordsOption('init', 'he,unit', ['unit', 'he'])).toEqual(['he', 'unit']);
  expect(() => listOption('depth', '1,,2')).toThrow("--depth: an entry of the list '1,,2' is empty");
  expect(() => listOption('depth', '')).toThrow('--depth');
  expect(() => listOption('depth', '1,2,1')).toThrow("'1' is there twice");
  expect(() => numbersOption('depth', '1,x', 0, 9, true)).toThrow(
    "--depth must be a whole number from 0 to 9, got 'x'",
  );
  expect(() => wordsOption('init', 'he,hi', ['unit', 'he'])).toThrow("--init must be some of unit, he, got 'he,hi'");
});

test('lists of numbers by name', () => {
  const dims = (text: string) => namedNumbersOption('dims', text, 0, 100, true);
  expect(dims('batch=1, sequence length = 8,a=b=2')).toEqual({ batch: 1, 'sequence length': 8, 'a=b': 2 });
  expect(() => dims('n=1,n=2')).toThrow("--dims: each may be named once, 'n' is there twice");
  expect(() => dims('n=x')).toThrow("--dims must be a whole number from 0 to 100, got 'x'");
  for (const text of ['', 'n', '=1', 'n=1,']) expect(() => dims(text)).toThrow('--dims must be a list like name=1');
});
