/** Elements that are worked on at a time: they stay in the first-level cache. */
const BLOCK = 4096;

/** Some rows and columns of a matrix. */
export interface Block {
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly width: number;
}

/** f for blocks that cover a matrix of `rows` times `columns`. */
export function forEachBlock(rows: number, columns: number, f: (block: Block) => void): void {
  const high = Math.max(1, Math.floor(BLOCK / columns));
  const wide = Math.min(columns, BLOCK);
  for (let row = 0; row < rows; row += high)
    for (let column = 0; column < columns; column += wide)
      f({ row, rows: Math.min(high, rows - row), column, width: Math.min(wide, columns - column) });
}

/** The most elements of any such block. */
export function blockSize(rows: number, columns: number): number {
  return Math.min(rows, Math.max(1, Math.floor(BLOCK / columns))) * Math.min(columns, BLOCK);
}
