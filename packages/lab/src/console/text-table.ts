import { outputWidth } from './screen.js';

/** No column of text is made narrower than this for the sake of the others. */
const NARROW = 12;
const GAP = 2;

/**
 * Columns aligned: the first `left` to the left, the others to the right; the first row is the heading. Where that is wider
 * than the screen, texts are wrapped in their columns; where that is not enough, each row becomes a block of its own.
 */
export function textTable(rows: readonly (readonly string[])[], left: number, width: number = outputWidth()): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const total = (): number => widths.reduce((sum, w) => sum + w + GAP, -GAP);
  for (let over = total() - width; over > 0; over = total() - width) {
    const widest = widths.slice(0, left).reduce((found, w, i, all) => (w > all[found] ? i : found), 0);
    const least = Math.max(NARROW, ...rows.flatMap((row) => pieces(row[widest]).map((piece) => piece.length)));
    if (left === 0 || widths[widest] <= least) return blocks(rows, width);
    widths[widest] = Math.max(least, widths[widest] - over);
  }
  const line = (row: readonly string[]): string[] => {
    const cells = row.map((cell, i) => fitted(cell, widths[i]));
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, k) =>
      cells
        .map((lines, i) => (i < left ? (lines[k] ?? '').padEnd(widths[i]) : (lines[k] ?? '').padStart(widths[i])))
        .join(' '.repeat(GAP))
        .trimEnd(),
    );
  };
  return [...line(rows[0]), '─'.repeat(total()), ...rows.slice(1).flatMap(line)].join('\n');
}

/** Each row as its first cell and lines of `name: value` below it. */
function blocks([headings, ...rows]: readonly (readonly string[])[], width: number): string {
  return rows
    .map(([first, ...cells]) => {
      const named = cells.flatMap((cell, i) => (cell === '' ? [] : [`${headings[i + 1] || '·'}: ${cell}`]));
      const body = named.flatMap((text) => fitted(text, Math.max(NARROW, width - GAP)).map((part) => `  ${part}`));
      return [...fitted(first === '' ? '·' : first, width), ...body].join('\n');
    })
    .join('\n');
}

/** What must not be divided: words, and long names at their slashes, dots and underscores. */
const pieces = (text: string): string[] =>
  text.split(' ').flatMap((word) => (word.length > NARROW ? (word.match(/[^/._:,]*[/._:,]*/g) ?? []) : [word]));

/** A cell in lines of at most `width`, unless a piece of it is longer. */
function fitted(text: string, width: number): string[] {
  if (text.length <= width) return [text];
  const lines = [''];
  text.split(' ').forEach((word, i) => {
    for (const [k, piece] of (word.length > width ? pieces(word) : [word]).entries()) {
      const last = lines[lines.length - 1];
      const joined = last + (i > 0 && k === 0 && last !== '' ? ' ' : '') + piece;
      if (last === '' || joined.length <= width) lines[lines.length - 1] = joined;
      else lines.push(piece);
    }
  });
  return lines;
}
