import { readFileSync } from 'node:fs';
import { DataError } from '../console/errors.js';

/** JSON in which NaN, ±∞ and −0, which it has no numbers for, are the strings 'NaN', 'Infinity', '-Infinity', '-0'. */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_, item) => (typeof item === 'number' ? number(item) : item), indent);
}

/** Reads what `toJson` has written, with those words as numbers again. */
export function parseJson(text: string): unknown {
  return JSON.parse(text, (_, item) =>
    typeof item === 'string' && /^(-?Infinity|NaN|-0)$/.test(item) ? Number(item) : item,
  );
}

/** The JSON object in a file, with those words as numbers. @throws DataError naming the file. */
export function readJson(path: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = parseJson(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new DataError(`${path} cannot be read: ${(error as Error).message}`);
  }
  if (!isObject(value)) throw new DataError(`${path} cannot be read: it holds no JSON object`);
  return value;
}

/** Whether it is what JSON calls an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function number(value: number): number | string {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}
