import { type Layout, type LayoutOptions, layoutOf } from '../functions/gated/layout.js';
import { requireOptions } from '../input/options.js';
import { GeluRangeError } from '../shared/errors.js';
import type { Halves } from './encode.js';
import { type GPUOperand, type Range, rangeOf, requireFit } from './operand.js';
import { BYTES, type GPUDType } from './shader.js';

/** How the halves of an axis lie in one array: `columns`, the size of its last axis, or `shape` and `dim`. */
export type GPUHalves = LayoutOptions;

export const HALVES: readonly string[] = ['columns', 'shape', 'dim', 'order'];

/** The layout of one array of so many elements, and as a kernel takes it. */
export function halvesOf(elements: number, options: LayoutOptions): { layout: Layout; halves: Halves } {
  const { columns, shape, dim, order } = options;
  const layout = layoutOf(elements, { columns, shape, dim, order });
  return { layout, halves: { columns: layout.columns, gateFirst: layout.gateAt === 0 } };
}

type Given = Readonly<Record<string, unknown>>;

/** The ranges of operands by name, of which there are no others but `extra`; a proxy or null is refused. */
function rangesOf(operands: object, names: readonly string[], extra: readonly string[], dtype: GPUDType): Range[] {
  requireOptions(operands, [...names], extra, 'operands');
  return names.map((name) => rangeOf(name, (operands as Given)[name] as GPUOperand, dtype));
}

const distance = (a: Range, b: Range): number | undefined =>
  a.buffer === b.buffer ? Math.abs(a.offset - b.offset) : undefined;

/** Whether two ranges have bytes in common. */
export function overlap(a: Range, b: Range): boolean {
  return a.buffer === b.buffer && a.offset < b.offset + b.size && b.offset < a.offset + a.size;
}

function requireApart(output: Range, others: readonly Range[]): void {
  for (const other of others)
    if (overlap(output, other))
      throw new GeluRangeError(
        output.name,
        `memory apart from '${other.name}'`,
        `a range ${distance(output, other)} bytes away`,
      );
}

/** Operands that are two arrays: the first gives the size, each output is one of the others or apart from it. */
export function pairOf(
  operands: object,
  read: readonly string[],
  written: readonly string[],
  dtype: GPUDType,
): readonly Range[] {
  const given = rangesOf(operands, [...read, ...written], [], dtype);
  const inputs = given.slice(0, read.length);
  const fitted = given.slice(read.length).map((output) => requireFit([...inputs, output]));
  const outputs = fitted.map((ranges) => ranges.at(-1)!);
  outputs.forEach((output, k) => {
    requireApart(output, outputs.slice(0, k));
  });
  return [...fitted[0].slice(0, -1), ...outputs];
}

/** Operands in which one array holds both halves: `whole` names those of its size, the others have half. */
export function halvesRanges(
  operands: object,
  names: readonly string[],
  whole: readonly string[],
  dtype: GPUDType,
): { readonly ranges: readonly Range[]; readonly halves: Halves } {
  const ranges = rangesOf(operands, names, HALVES, dtype);
  const input = ranges[names.indexOf('input')];
  const { halves } = halvesOf(input.size / BYTES[dtype], operands as LayoutOptions);
  const fitted = ranges.map((range) => {
    const size = whole.includes(range.name) ? input.size : input.size / 2;
    if (range.exact ? range.size !== size : range.size < size)
      throw new GeluRangeError(range.name, `${range.exact ? '' : 'at least '}${size} bytes`, String(range.size));
    return { ...range, size };
  });
  requireApart(fitted.at(-1)!, fitted.slice(0, -1));
  return { ranges: fitted, halves };
}
