import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';
import { BYTES, type GPUDType } from './shader.js';
import type { GPUBuffer } from './types.js';

/** Where numbers stand on the GPU: a buffer, or a part of it in bytes. */
export type GPUOperand = GPUBuffer | { readonly buffer: GPUBuffer; readonly offset?: number; readonly size?: number };

/** An operand with all its figures, checked. */
export interface Range {
  readonly name: string;
  readonly buffer: GPUBuffer;
  /** In bytes. */
  readonly offset: number;
  readonly size: number;
  /** Whether the size was given, and not what the buffer has. */
  readonly exact: boolean;
}

const STORAGE = 0x80; // GPUBufferUsage.STORAGE

const isBuffer = (value: unknown): value is GPUBuffer =>
  typeof (value as GPUBuffer | undefined)?.mapAsync === 'function' && typeof (value as GPUBuffer).usage === 'number';

/**
 * The range of `operand`, which `name` names in errors; without a size up to the end of the buffer.
 *
 * Throws GeluTypeError if it is no buffer, GeluRangeError if the buffer cannot be bound or does not hold the range.
 */
export function rangeOf(name: string, operand: GPUOperand, dtype: GPUDType): Range {
  const { buffer, offset = 0, size } = isBuffer(operand) ? { buffer: operand } : (operand ?? {});
  if (!isBuffer(buffer)) throw new GeluTypeError(name, 'a GPUBuffer or { buffer, offset?, size? }', describe(operand));
  if (operand !== buffer)
    for (const [key, value] of Object.entries(operand))
      if (!['buffer', 'offset', 'size'].includes(key))
        throw new GeluTypeError(`${name}.${key}`, 'absent: an operand has buffer, offset, size', describe(value));
  if (!(buffer.usage & STORAGE))
    throw new GeluRangeError(name, 'a buffer with usage STORAGE', `usage 0x${buffer.usage.toString(16)}`);
  if (buffer.mapState !== 'unmapped') throw new GeluRangeError(name, 'unmapped', `a buffer that is ${buffer.mapState}`);
  requireBytes(`${name}.offset`, offset, dtype);
  if (offset > buffer.size)
    throw new GeluRangeError(`${name}.offset`, `at most the buffer's size, ${buffer.size}`, String(offset));
  const rest = buffer.size - offset;
  const bytes = size ?? rest - (rest % BYTES[dtype]);
  requireBytes(`${name}.size`, bytes, dtype);
  if (bytes > rest)
    throw new GeluRangeError(`${name}.size`, `at most ${rest}, what the buffer has after the offset`, String(bytes));
  if (buffer.size % 4 > 0 && offset + bytes > buffer.size - (buffer.size % 4))
    throw new GeluRangeError(name, 'in whole words of 4 bytes of its buffer', `a range to byte ${offset + bytes}`);
  return { name, buffer, offset, size: bytes, exact: size !== undefined };
}

function requireBytes(name: string, value: number, dtype: GPUDType): void {
  if (typeof value !== 'number') throw new GeluTypeError(name, 'a number of bytes', describe(value));
  if (!(Number.isSafeInteger(value) && value >= 0 && value % BYTES[dtype] === 0))
    throw new GeluRangeError(name, `a multiple of ${BYTES[dtype]}, the bytes of a ${dtype}`, String(value));
}

/**
 * The ranges of a pass, the output last: as many elements each as the first has.
 *
 * Throws GeluRangeError if one is too small, or the output overlaps another without being the same.
 */
export function requireFit(ranges: readonly Range[]): readonly Range[] {
  const { size } = ranges[0];
  const fitted = ranges.map((range) => {
    if (range.exact ? range.size !== size : range.size < size)
      throw new GeluRangeError(
        range.name,
        `${range.exact ? '' : 'at least '}${size} bytes, as '${ranges[0].name}' has`,
        String(range.size),
      );
    return { ...range, size };
  });
  const output = fitted.at(-1)!;
  for (const { name, buffer, offset } of fitted.slice(0, -1)) {
    if (buffer !== output.buffer || offset === output.offset) continue;
    if (Math.abs(offset - output.offset) < size)
      throw new GeluRangeError(
        output.name,
        `the same range as '${name}' or one that does not overlap it`,
        `a range ${Math.abs(offset - output.offset)} bytes away`,
      );
  }
  return fitted;
}
