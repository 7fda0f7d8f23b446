import { activationsNamed } from '../../console/activation-spec.js';

/** How a part of the page's state is written in the address. */
export interface Codec<T> {
  readonly initial: T;
  /** @throws Error that says what was expected. */
  read(text: string): T;
  write(value: T): string;
}

const finite = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

/** A number of at most six digits from low to high. */
export function number(initial: number, low: number, high: number): Codec<number> {
  return {
    initial,
    write: (value) => String(Number(value.toPrecision(6))),
    read: (text) => {
      const value = finite(text);
      if (!(value >= low && value <= high)) throw new Error(`a number from ${low} to ${high}`);
      return value;
    },
  };
}

/** A whole number from low to high. */
export function whole(initial: number, low: number, high: number): Codec<number> {
  return {
    initial,
    write: String,
    read: (text) => {
      const value = finite(text);
      if (!Number.isInteger(value) || value < low || value > high)
        throw new Error(`a whole number from ${low} to ${high}`);
      return value;
    },
  };
}

/** One of some words. */
export function choice<const T extends string>(values: readonly T[]): Codec<T> {
  return {
    initial: values[0],
    write: (value) => value,
    read: (text) => {
      if (!(values as readonly string[]).includes(text)) throw new Error(`one of ${values.join(', ')}`);
      return text as T;
    },
  };
}

/** 'yes' or 'no'. */
export function flag(initial = false): Codec<boolean> {
  const words = choice(['no', 'yes']);
  return { initial, write: (value) => (value ? 'yes' : 'no'), read: (text) => words.read(text) === 'yes' };
}

/** Two increasing numbers, as '-5..5'. */
export function interval(
  initial: readonly [number, number],
  least: number,
  most: number,
): Codec<readonly [number, number]> {
  return {
    initial,
    write: (pair) => pair.map((value) => Number(value.toPrecision(6))).join('..'),
    read: (text) => {
      const [from, to, ...rest] = text.split('..').map(finite);
      if (!(from < to && from >= least && to <= most) || rest.length > 0)
        throw new Error(`two increasing numbers from ${least} to ${most}, as -5..5`);
      return [from, to];
    },
  };
}

/** Names of activations with their parameters. */
export function activations(initial: string, most: number): Codec<readonly string[]> {
  return {
    initial: initial.split(','),
    write: (specs) => specs.join(','),
    read: (text) => {
      const specs = activationsNamed(text).map(({ spec }) => spec);
      if (specs.length > most) throw new Error(`at most ${most} activations`);
      return specs;
    },
  };
}

/** Any text. */
export const text: Codec<string> = { initial: '', write: (value) => value, read: (value) => value };

/** Points with a class, 0 or 1: '0.1,0.2,1;…'. */
export function classedPoints(most: number): Codec<readonly (readonly [number, number, number])[]> {
  return {
    initial: [],
    write: (all) => all.map((point) => point.join(',')).join(';'),
    read: (text) => {
      const all = text.split(';').map((point) => point.split(',').map(finite));
      const good = (p: number[]): boolean =>
        p.length === 3 && Math.abs(p[0]) <= 2 && Math.abs(p[1]) <= 2 && (p[2] === 0 || p[2] === 1);
      if (!all.every(good) || all.length > most)
        throw new Error(`at most ${most} points as x,y,class;… with x and y from -2 to 2 and class 0 or 1`);
      return all as [number, number, number][];
    },
  };
}
