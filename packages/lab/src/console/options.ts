import { UsageError } from './errors.js';

/**
 * The one grammar of the command line. Numbers: 12, -0.5, 1e6. Times: a number of seconds, or with a unit: 90, 90s, 2m,
 * 1.5h, 1d. Lists: separated by commas, each entry once.
 */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$|^Infinity$/i;

/** The value of a numeric option. @throws UsageError that names the option and its bounds. */
export function numberOption(name: string, text: string, least: number, most: number, whole: boolean): number {
  const value = NUMBER.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  const above = least === Number.MIN_VALUE ? 'above 0' : `from ${least}`;
  const bounds = most === Infinity ? above : `${above}${least === Number.MIN_VALUE ? ', at most' : ' to'} ${most}`;
  throw new UsageError(`--${name} must be ${whole ? 'a whole number' : 'a number'} ${bounds}, got '${text}'`);
}

/** The entries of a list, as they are. `std=2` after a comma goes on with the entry before it. */
export function splitList(text: string): string[] {
  return text.split(/,(?!\s*\w+=)/).map((entry) => entry.trim());
}

/** The entries of a list, each once. @throws UsageError that names the option. */
export function listOption(name: string, text: string): string[] {
  return each(name, text, splitList(text));
}

function each(name: string, text: string, entries: string[]): string[] {
  if (entries.includes('')) throw new UsageError(`--${name}: an entry of the list '${text}' is empty`);
  const twice = entries.find((entry, i) => entries.indexOf(entry) < i);
  if (twice !== undefined) throw new UsageError(`--${name}: each may be named once, '${twice}' is there twice`);
  return entries;
}

/** A list of numbers by name, as batch=1,sequence=8. @throws UsageError as `listOption` and `numberOption`. */
export function namedNumbersOption(
  name: string,
  text: string,
  least: number,
  most: number,
  whole: boolean,
): Record<string, number> {
  const entries = text.split(',').map((entry) => /^\s*(.*\S)\s*=([^=]*)$/.exec(entry));
  if (entries.includes(null)) throw new UsageError(`--${name} must be a list like name=1,other=2, got '${text}'`);
  const found = entries as RegExpExecArray[];
  each(
    name,
    text,
    found.map(([, key]) => key),
  );
  return Object.fromEntries(found.map(([, key, value]) => [key, numberOption(name, value, least, most, whole)]));
}

/** A list of numbers. @throws UsageError as `listOption` and `numberOption`. */
export function numbersOption(name: string, text: string, least: number, most: number, whole: boolean): number[] {
  return listOption(name, text).map((entry) => numberOption(name, entry, least, most, whole));
}

/** A list of some words. @throws UsageError that names the option and the words. */
export function wordsOption<T extends string>(name: string, text: string, allowed: readonly T[]): T[] {
  return listOption(name, text).map((entry) => {
    const found = allowed.find((word) => word === entry);
    if (found === undefined) throw new UsageError(`--${name} must be some of ${allowed.join(', ')}, got '${text}'`);
    return found;
  });
}

/** The value of an option that is one of some words. @throws UsageError that names the option and the words. */
export function wordOption<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((word) => word === text);
  if (found === undefined) throw new UsageError(`--${name} must be one of ${allowed.join(', ')}, got '${text}'`);
  return found;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Bounds of a time in seconds, and what else the option takes, in words. */
interface TimeBounds {
  least?: number;
  most?: number;
  or?: string;
}

/** A time in seconds; see `NUMBER`. @throws UsageError that names the option. */
export function timeOption(
  name: string,
  text: string,
  { least = Number.MIN_VALUE, most = Infinity, or = '' }: TimeBounds = {},
): number {
  const [, digits, unit = 's'] = /^(\d+(?:\.\d+)?)([smhd])?$/.exec(text.trim()) ?? [];
  const seconds = Number(digits) * UNITS[unit];
  if (seconds >= least && seconds <= most) return seconds;
  const bounds = most === Infinity ? '' : ` from ${least} s to ${most} s`;
  throw new UsageError(`--${name} must be a time like 90, 90s, 15m or 2h${bounds}${or && `, ${or}`}, got '${text}'`);
}

/** Values by name, each checked when it is asked for. */
export class Choices {
  readonly #values: Readonly<Record<string, string | number | null>>;

  constructor(values: Readonly<Record<string, string | number | null>>) {
    this.#values = values;
  }

  whole(name: string, least: number, most: number): number {
    return numberOption(name, String(this.#values[name]), least, most, true);
  }

  number(name: string, least: number, most: number): number {
    return numberOption(name, String(this.#values[name]), least, most, false);
  }

  word<T extends string>(name: string, allowed: readonly T[]): T {
    return wordOption(name, String(this.#values[name]), allowed);
  }

  /** undefined where nothing was chosen. */
  text(name: string): string | undefined {
    const value = this.#values[name];
    return value === null ? undefined : String(value);
  }
}
