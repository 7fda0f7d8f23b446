import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outputWidth, wrapped } from './screen.js';
import { textTable } from './text-table.js';

const ROWS = [
  ['implementation', 'form', 'what was found', 'ULP'],
  ['gelu (this library)', 'none', 'every one of the results is correctly rounded', '0.5'],
  ['ONNX Runtime node', 'tanh', 'no digit is right from −5.5 on', '16800000'],
];

test('a table that fits is as wide as it needs', () => {
  expect(
    textTable(
      ROWS.map((row) => [row[0], row[3]]),
      1,
      80,
    ),
  ).toBe(
    [
      'implementation            ULP',
      '─────────────────────────────',
      'gelu (this library)       0.5',
      'ONNX Runtime node    16800000',
    ].join('\n'),
  );
  expect(textTable(ROWS, 3, Infinity)).toContain('every one of the results is correctly rounded');
});

test('texts are wrapped in their columns', () => {
  expect(textTable(ROWS, 3, 60)).toBe(
    [
      'implementation       form  what was found                ULP',
      '────────────────────────────────────────────────────────────',
      'gelu (this library)  none  every one of the              0.5',
      '                           results is correctly',
      '                           rounded',
      'ONNX Runtime node    tanh  no digit is right from   16800000',
      '                           −5.5 on',
    ].join('\n'),
  );
});

test('where no wrapping helps, rows are blocks', () => {
  expect(textTable(ROWS, 3, 30)).toBe(
    [
      'gelu (this library)',
      '  form: none',
      '  what was found: every one of',
      '  the results is correctly',
      '  rounded',
      '  ULP: 0.5',
      'ONNX Runtime node',
      '  form: tanh',
      '  what was found: no digit is',
      '  right from −5.5 on',
      '  ULP: 16800000',
    ].join('\n'),
  );
});

test('no table of words is wider than the screen, and no word is lost', () => {
  const word = fc.stringMatching(/^[a-z]{1,9}$/);
  const cell = fc.array(word, { maxLength: 8 }).map((words) => words.join(' '));
  const table = fc
    .integer({ min: 1, max: 7 })
    .chain((columns) =>
      fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 5 }),
    );
  fc.assert(
    fc.property(table, fc.integer({ min: 0, max: 7 }), fc.integer({ min: 24, max: 120 }), (rows, left, width) => {
      const text = textTable(rows, Math.min(left, rows[0].length), width);
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
      const words = (all: string): string[] => all.match(/[a-z]+/g) ?? [];
      for (const found of words(rows.slice(1).flat().join(' '))) expect(words(text)).toContain(found);
    }),
  );
});

test('prose is wrapped between words, below its first word', () => {
  expect(wrapped('one two three\n  four five six', 9)).toBe('one two\nthree\n  four\n  five\n  six');
  expect(wrapped('--seed  of all random numbers', 20)).toBe('--seed  of all\n        random\n        numbers');
  expect(wrapped('as it is', Infinity)).toBe('as it is');
});

test('the width is that of the terminal, else of COLUMNS, else without end', () => {
  const stream = (given: object): NodeJS.WriteStream => given as NodeJS.WriteStream;
  expect(outputWidth(stream({ isTTY: true, columns: 72 }), {})).toBe(72);
  expect(outputWidth(stream({}), { COLUMNS: '60' })).toBe(60);
  expect(outputWidth(stream({}), {})).toBe(Infinity);
});
