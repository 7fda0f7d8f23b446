import { textTable } from './text-table.js';

/** Markdown as text for a terminal: tables aligned, paragraphs as one line each (`show` wraps them), marks left out. */
export function markdownText(markdown: string): string {
  return markdown
    .split('```')
    .map((part, i) =>
      i % 2 === 1
        ? part.trim()
        : part
            .split(/\n{2,}/)
            .map(block)
            .join('\n\n'),
    )
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function block(text: string): string {
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines.every((line) => line.startsWith('|'))) return lines.length > 2 ? tableOf(lines) : '';
  return lines.join(' ').replace(/^#+ /, '').replace(/`/g, '');
}

function tableOf([heading, , ...rows]: readonly string[]): string {
  const cells = (line: string): string[] =>
    line
      .replace(/^\| ?|\s*\|$/g, '')
      .split('|')
      .map((cell) => cell.trim().replace(/`/g, ''));
  return textTable([heading, ...rows].map(cells), 1);
}
