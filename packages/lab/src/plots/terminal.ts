import { coloured } from '../console/paint.js';
import { textTable } from '../console/text-table.js';
import { COLOR_COUNT } from '../html/palette.js';
import { axisOf } from '../html/ticks.js';
import { Canvas } from './canvas.js';
import type { Point } from './curves.js';

/** Where a plot is shown. */
export interface Terminal {
  columns: number;
  color: boolean;
}

/** Standard output: its width, and whether it has colours. */
export function terminal(stream: NodeJS.WriteStream = process.stdout, env: NodeJS.ProcessEnv = process.env): Terminal {
  const columns = stream.columns ?? Number(env.COLUMNS);
  return { columns: columns > 0 ? columns : 80, color: coloured(stream, env) };
}

const MARGIN = 9;
const ROWS = 14;
const ANSI = [34, 33, 32, 35, 90].slice(0, COLOR_COUNT);

/** A panel of lines with its axes, as wide as the terminal. Without colours the lines carry letters. */
export function terminalPlot(
  title: string,
  lines: readonly (readonly Point[])[],
  { columns, color }: Terminal,
): string {
  const canvas = new Canvas(Math.max(20, columns - MARGIN - 2), ROWS);
  const horizontal = axisOf(lines.flat().map(([x]) => x));
  const vertical = axisOf(lines.flat().map(([, y]) => y));
  const [left, right] = horizontal.domain;
  const [bottom, top] = vertical.domain;
  const dotAt = ([x, y]: Point): Point => [
    ((x - left) / (right - left)) * (2 * canvas.columns - 1),
    (1 - (y - bottom) / (top - bottom)) * (4 * ROWS - 1),
  ];
  lines.forEach((_, i) => {
    const owner = lines.length - 1 - i; // the first is drawn last, on top
    const points = lines[owner];
    for (let k = 1; k < points.length; k++)
      if (Number.isFinite(points[k - 1][1]) && Number.isFinite(points[k][1]))
        canvas.line(dotAt(points[k - 1]), dotAt(points[k]), owner);
  });
  if (!color && lines.length > 1)
    lines.forEach((_, owner) => {
      for (let k = 0; k < 3; k++) {
        const column = Math.floor((canvas.columns * (k + (owner + 0.5) / lines.length)) / 3);
        canvas.mark(column, owner, letter(owner));
      }
    });
  const [zeroColumn, zeroRow] = [Math.floor(dotAt([0, 0])[0] / 2), Math.floor(dotAt([0, 0])[1] / 4)];
  const cell = (text: string, owner: number, column: number, row: number): string => {
    if (text !== '') return color ? `\x1b[${ANSI[owner % ANSI.length]}m${text}\x1b[0m` : text;
    const axis = column === zeroColumn ? (row === zeroRow ? '┼' : '┊') : row === zeroRow ? '┈' : ' ';
    return color && axis !== ' ' ? `\x1b[90m${axis}\x1b[0m` : axis;
  };
  const labels = new Map(
    vertical.ticks.map((tick, i) => [Math.floor(dotAt([0, tick])[1] / 4), vertical.labels[i]] as const),
  );
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const cells = canvas.row(row).map(({ text, owner }, column) => cell(text, owner, column, row));
    return `${(labels.get(row) ?? '').padStart(MARGIN - 1)} ${labels.has(row) ? '┤' : '│'}${cells.join('')}`.trimEnd();
  });
  const marks = horizontal.ticks.map((tick, i): [number, string] => [
    Math.floor(dotAt([tick, 0])[0] / 2),
    horizontal.labels[i],
  ]);
  return [`${' '.repeat(MARGIN)} ${title}`, ...rows, ...axis(marks, canvas.columns)].join('\n');
}

/** Which line is which. */
export function terminalLegend(names: readonly string[], { color }: Terminal): string {
  const key = (i: number): string => (color ? `\x1b[${ANSI[i % ANSI.length]}m━━\x1b[0m` : letter(i));
  return `${' '.repeat(MARGIN)} ${names.map((name, i) => (names.length > 1 || color ? `${key(i)} ${name}` : name)).join('   ')}`;
}

const letter = (i: number): string => String.fromCharCode(97 + (i % 26));

/** The axis below: a mark at each tick, its label centred where there is room. */
function axis(marks: readonly [column: number, label: string][], columns: number): string[] {
  const line = Array.from({ length: columns }, () => '─');
  let text = '';
  for (const [column, label] of marks) {
    line[column] = '┬';
    const start = Math.max(0, Math.min(columns - label.length, column - Math.floor(label.length / 2)));
    if (text === '' || start > text.length) text = `${text.padEnd(start)}${label}`;
  }
  return [`${' '.repeat(MARGIN)}└${line.join('')}`, `${' '.repeat(MARGIN + 1)}${text}`];
}

/** Rows of cells beside each other, wrapped at words so that all fit the width, the first column as wide as it needs; below each other where there is no room. */
export function sideBySide(rows: readonly (readonly string[])[], width: number): string {
  const first = Math.min(24, Math.max(...rows.map(([name]) => name.length)));
  const count = rows[0].length - 1;
  const column = Math.floor((width - first) / count) - 2;
  if (column < 16) return textTable(rows, rows[0].length, width);
  return rows
    .map((row) => {
      const cells = row.map((text, i) => wrapped(text, i === 0 ? first : column));
      const height = Math.max(...cells.map((lines) => lines.length));
      return Array.from({ length: height }, (_, k) =>
        cells
          .map((lines, i) => (lines[k] ?? '').padEnd(i === 0 ? first : column))
          .join('  ')
          .trimEnd(),
      ).join('\n');
    })
    .join('\n');
}

function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
