import { GELU } from 'gelu';

/** The first example of the readme: input and output of the layer, as PyTorch's `nn.GELU()` prints them. */
export function example(): { layer: string; input: number[][]; output: number[][]; text: string } {
  const layer = new GELU();
  const input = [[-3, -1, 0, 1, 3]];
  const output = layer.forward(input);
  const text = [`Layer:  ${layer}`, `Input:  ${tensor(input)}`, `Output: ${tensor(output)}`].join('\n');
  return { layer: String(layer), input, output, text };
}

/** Like torch's print: 'tensor([[-3., -1.]])' of whole numbers, else four decimals, columns of one width. */
export function tensor(rows: readonly (readonly number[])[]): string {
  const whole = rows.every((row) => row.every(Number.isInteger));
  const cells = rows.map((row) => row.map((x) => (whole ? `${zeroSign(x)}.` : zeroSign(x, 4))));
  const width = Math.max(...cells.flat().map((cell) => cell.length));
  const lines = cells.map((row) => `[${row.map((cell) => cell.padStart(width)).join(', ')}]`);
  return `tensor([${lines.join(',\n        ')}])`;
}

function zeroSign(x: number, digits?: number): string {
  const text = digits === undefined ? String(x) : x.toFixed(digits);
  return Object.is(x, -0) ? `-${text}` : text;
}
