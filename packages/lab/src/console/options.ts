import { UsageError } from './errors.js';

/** The value of a numeric option. @throws UsageError that names the option and its bounds. */
export function numberOption(name: string, text: string, least: number, most: number, whole: boolean): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  const bounds = least === Number.MIN_VALUE ? `above 0, at most ${most}` : `from ${least} to ${most}`;
  throw new UsageError(`--${name} must be ${whole ? 'a whole number' : 'a number'} ${bounds}, got '${text}'`);
}

/** The value of an option that is one of some words. @throws UsageError that names the option and the words. */
export function wordOption<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((word) => word === text);
  if (found === undefined) throw new UsageError(`--${name} must be one of ${allowed.join(', ')}, got '${text}'`);
  return found;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds from a length of time as '90s', '15m', '2h', '1d', or a plain number of seconds. @throws UsageError naming the option. */
export function timeOption(name: string, text: string): number {
  const [, digits, unit = 's'] = /^(\d+(?:\.\d+)?)([smhd])?$/.exec(text.trim()) ?? [];
  const seconds = Number(digits) * UNITS[unit];
  if (seconds > 0) return seconds;
  throw new UsageError(`--${name} must be a time as 90s, 15m or 2h, got '${text}'`);
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
