import { stripVTControlCharacters } from 'node:util';
import { coloured, paint } from './paint.js';

/** How wide text on standard output may be: as the terminal; elsewhere as COLUMNS says, else without end. */
export function outputWidth(stream: NodeJS.WriteStream = process.stdout, env: NodeJS.ProcessEnv = process.env): number {
  const columns = stream.isTTY ? stream.columns : Number(env.COLUMNS);
  return columns > 0 ? columns : Infinity;
}

/** Text for people, on standard output: what is wider than the screen goes on in the next line, between words; coloured. */
export function show(text: string): void {
  const fitted = fit(text);
  process.stdout.write(`${coloured() ? paint(fitted) : fitted}\n`);
}

/** Text for people, broken between words where the screen ends. */
export const fit = (text: string): string => wrapped(text, outputWidth());

/** Each line broken between words where it is wider than `width`; the rest begins below its first word. */
export function wrapped(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .flatMap((line) => (stripVTControlCharacters(line).length <= width ? [line] : wrapLine(line, width)))
    .join('\n');
}

/** A space between words, not one that aligns columns. */
const BREAK = / (?! )/;

function wrapLine(line: string, width: number): string[] {
  const column = /^.* {2}(?=\S)/.exec(line)?.[0] ?? ''; // the last column begins here
  const start = column.length < width / 2 ? column : '';
  const indent = ' '.repeat(start === '' ? /^ */.exec(line)![0].length : start.length);
  const lines: string[] = [];
  let current = start === '' ? indent : start;
  let empty = true;
  for (const word of line.slice(current.length).split(BREAK)) {
    if (!empty && current.length + 1 + word.length > width) {
      lines.push(current);
      current = indent;
      empty = true;
    }
    current += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, current];
}
