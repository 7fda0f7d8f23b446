import { expect } from 'vitest';

type Numbers = ArrayLike<number>;

/**
 * `toEqual` looks at every element of an array by all its rules, which takes seconds for a few hundred thousand. Arrays of numbers
 * that are the same number for number are equal by any rule; those that differ are left to `toEqual` and its message.
 */
export function sameNumbers(a: unknown, b: unknown): true | undefined {
  if (!isArray(a) || !isArray(b) || a.constructor !== b.constructor || a.length !== b.length) return undefined;
  for (let i = 0; i < a.length; i++) if (typeof a[i] !== 'number' || !Object.is(a[i], b[i])) return undefined;
  return true;
}

const isArray = (value: unknown): value is Numbers =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

expect.addEqualityTesters([sameNumbers]);
