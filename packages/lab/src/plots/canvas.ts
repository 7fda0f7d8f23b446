/** The bits of a braille character, by row and column of its eight dots. */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

/** A drawing in braille characters: 2 × 4 dots in each, and a number that says which line was last drawn there. */
export class Canvas {
  readonly columns: number;
  readonly rows: number;
  readonly #bits: Uint8Array;
  readonly #owner: Int16Array;
  readonly #marks = new Map<number, string>();

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.#bits = new Uint8Array(columns * rows);
    this.#owner = new Int16Array(columns * rows).fill(-1);
  }

  /** Joins two points, in dots from the upper left; what lies outside is cut off. */
  line([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number], owner: number): void {
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x1 - x0), Math.min(Math.abs(y1 - y0), 8 * this.rows))));
    for (let i = 0; i <= steps; i++) this.#dot(x0 + ((x1 - x0) * i) / steps, y0 + ((y1 - y0) * i) / steps, owner);
  }

  /** Puts a character where a line runs through a column: in the uppermost cell that is its own. */
  mark(column: number, owner: number, character: string): void {
    for (let row = 0; row < this.rows; row++) {
      const at = row * this.columns + column;
      if (this.#owner[at] !== owner || this.#marks.has(at)) continue;
      this.#marks.set(at, character);
      return;
    }
  }

  /** A row of cells: what is drawn there, '' for nothing, and by whom. */
  row(row: number): { text: string; owner: number }[] {
    return Array.from({ length: this.columns }, (_, column) => {
      const at = row * this.columns + column;
      const bits = this.#bits[at];
      const text = this.#marks.get(at) ?? (bits === 0 ? '' : String.fromCharCode(0x2800 + bits));
      return { text, owner: this.#owner[at] };
    });
  }

  #dot(x: number, y: number, owner: number): void {
    const [column, row] = [Math.floor(x / 2), Math.floor(y / 4)];
    if (!(column >= 0 && column < this.columns && row >= 0 && row < this.rows)) return;
    const at = row * this.columns + column;
    this.#bits[at] |= DOTS[Math.floor(y) % 4][Math.floor(x) % 2];
    this.#owner[at] = owner;
  }
}
