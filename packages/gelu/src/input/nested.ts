import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';
import { isArray } from './arrays.js';

const MAX_DEPTH = 64;

/** The numbers of a nested array whose rows are of one length, and its shape. */
export function flatten(array: readonly unknown[], name: string): { data: Float64Array; shape: readonly number[] } {
  const shape: number[] = [];
  for (let level: unknown = array; isArray(level); level = level[0]) {
    shape.push(level.length);
    if (shape.length > MAX_DEPTH)
      throw new GeluRangeError(name, `nested at most ${MAX_DEPTH} deep`, 'a deeper (or cyclic) array');
    if (level.length === 0) break;
  }
  const numbers: number[] = [];
  const visit = (value: unknown, depth: number, path: string): void => {
    if (depth === shape.length) {
      if (typeof value !== 'number') throw new GeluTypeError(path, 'a number, as its neighbours are', describe(value));
      numbers.push(value);
      return;
    }
    if (!isArray(value)) throw new GeluTypeError(path, 'an array, as its neighbours are', describe(value));
    if (value.length !== shape[depth])
      throw new GeluRangeError(path, `of length ${shape[depth]}, as its neighbours are`, `length ${value.length}`);
    // By index: holes are refused, too.
    for (let i = 0; i < value.length; i++) visit(value[i], depth + 1, `${path}[${i}]`);
  };
  visit(array, 0, name);
  return { data: Float64Array.from(numbers), shape };
}

/** The numbers of a nested array that must have that shape. */
export function flattenLike(array: unknown, shape: readonly number[], name: string): Float64Array {
  if (!isArray(array)) throw new GeluTypeError(name, `an array of shape [${shape.join(', ')}]`, describe(array));
  const found = flatten(array, name);
  if (found.shape.join() !== shape.join())
    throw new GeluRangeError(name, `of shape [${shape.join(', ')}]`, `shape [${found.shape.join(', ')}]`);
  return found.data;
}

/** The nested array of that shape. */
export function nest(data: Float64Array, shape: readonly number[]): unknown[] {
  let at = 0;
  const build = (depth: number): unknown[] =>
    Array.from({ length: shape[depth] }, () => (depth === shape.length - 1 ? data[at++] : build(depth + 1)));
  return build(0);
}
