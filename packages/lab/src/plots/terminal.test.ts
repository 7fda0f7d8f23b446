import { expect, test } from 'vitest';
import { sideBySide, terminal, terminalLegend, terminalPlot } from './terminal.js';

const stream = (given: object) => given as NodeJS.WriteStream;

test('colours only on a terminal that has them and without NO_COLOR', async () => {
  const { WriteStream } = await import('node:tty');
  const hasColors = WriteStream.prototype.hasColors;
  const tty = { isTTY: true, columns: 100, getColorDepth: WriteStream.prototype.getColorDepth, hasColors };
  expect(terminal(stream(tty), { TERM: 'xterm-256color' })).toEqual({ columns: 100, color: true });
  expect(terminal(stream(tty), { TERM: 'xterm-256color', NO_COLOR: '1' }).color).toBe(false);
  expect(terminal(stream(tty), { TERM: 'dumb' }).color).toBe(false);
  expect(terminal(stream({}), { COLUMNS: '60' })).toEqual({ columns: 60, color: false });
  expect(terminal(stream({}), {}).columns).toBe(80);
});

test('a straight line runs from corner to corner', () => {
  const plot = terminalPlot(
    'T',
    [
      [
        [0, 0],
        [1, 10],
      ],
    ],
    { columns: 40, color: false },
  );
  const rows = plot.split('\n').slice(1, 15);
  expect(rows[0]).toMatch(/^ {6}10 ┤.*[⠁-⣿]$/u);
  expect(rows[13]).toMatch(/^ {7}0 ┤[⠁-⣿]/u);
  const lengths = rows.slice(0, -1).map((row) => row.length); // the last one goes on with the axis
  expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
});

test('what is not finite is left out; a constant has room', () => {
  const plot = terminalPlot(
    'T',
    [
      [
        [0, Number.NaN],
        [1, Infinity],
        [2, 3],
        [3, 3],
      ],
    ],
    { columns: 40, color: false },
  );
  expect(plot).not.toMatch(/NaN|∞/);
  expect(plot).toMatch(/ 4 ┤/);
});

test('colours and letters tell lines apart', () => {
  const lines: [number, number][][] = [
    [
      [0, 0],
      [1, 1],
    ],
    [
      [0, 1],
      [1, 0],
    ],
  ];
  expect(terminalPlot('T', lines, { columns: 40, color: true })).toContain('\x1b[34m');
  expect(terminalPlot('T', lines, { columns: 40, color: false })).toMatch(/a[\s\S]*b|b[\s\S]*a/);
  expect(terminalLegend(['x', 'y'], { columns: 40, color: false })).toMatch(/a x {3}b y/);
});

test('columns beside each other are wrapped at words', () => {
  expect(sideBySide([['name', 'one two three four five six', 'short']], 44)).toBe(
    'name  one two three four  short\n      five six',
  );
});
