/** Columns aligned: the first `left` to the left, the others to the right; the first row is the heading. */
export function textTable(rows: readonly (readonly string[])[], left: number): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i < left ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return [line(rows[0]), rule, ...rows.slice(1).map(line)].map((text) => text.trimEnd()).join('\n');
}
