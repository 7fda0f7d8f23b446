import { DataError } from '../console/errors.js';
import { isObject } from './json.js';

/** What a field of a JSON object must be, in words, and whether a value is that. */
export type Field = readonly [expected: string, is: (value: unknown) => boolean];

const isNumber = (value: unknown): value is number => typeof value === 'number';

export const text: Field = ['a text', (value) => typeof value === 'string'];
export const texts: Field = [
  'a list of texts',
  (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
];
export const object: Field = ['an object', isObject];
export const positive: Field = ['a number above 0', (value) => isNumber(value) && value > 0];
export const atLeast0: Field = ['a number of at least 0', (value) => isNumber(value) && value >= 0];
export const count: Field = ['a whole number above 0', (value) => Number.isSafeInteger(value) && (value as number) > 0];
export const index: Field = [
  'a whole number of at least 0',
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
];
export const word = (...words: readonly string[]): Field => [
  `one of ${words.join(', ')}`,
  (value) => words.includes(value as string),
];
export const words = (...known: readonly string[]): Field => [
  `a list of ${known.join(', ')}`,
  (value) => Array.isArray(value) && value.every((item) => known.includes(item)),
];
export const either = (a: Field, b: Field): Field => [`${a[0]} or ${b[0]}`, (value) => a[1](value) || b[1](value)];
export const nothing: Field = ['null', (value) => value === null];
/** It may be left out. */
export const optional = ([expected, is]: Field): Field => [
  `${expected}, if it is there`,
  (value) => value === undefined || is(value),
];

/** @throws DataError naming the file and the first field that is not as it must be. */
export function requireFields(
  file: string,
  value: unknown,
  fields: Readonly<Record<string, Field>>,
  within = '',
): void {
  if (!isObject(value)) throw new DataError(`${file}: '${within.slice(0, -1)}' must be an object`);
  for (const [name, [expected, is]] of Object.entries(fields)) {
    const found = Object.hasOwn(value, name) ? value[name] : undefined;
    if (!is(found)) throw new DataError(`${file}: '${within}${name}' must be ${expected}`);
  }
}
