import { type Signal, signal } from '@preact/signals';
import type { Codec } from './codec.js';

interface Field {
  read(text: string): unknown;
  /** As in the address; undefined for the initial value. */
  text(): string | undefined;
  set(value: unknown): void;
  reset(): void;
}

/** Every part of the state by its name in the address. */
export const fields: Map<string, Field> = new Map();

/** A part of the state: a signal that stands in the address unless it has its initial value. */
export function field<T>(name: string, codec: Codec<T>): Signal<T> {
  const value = signal<T>(codec.initial);
  const initial = codec.write(codec.initial);
  fields.set(name, {
    read: codec.read,
    text: () => {
      const text = codec.write(value.value);
      return text === initial ? undefined : text;
    },
    set: (next) => {
      // An equal value is no change: what depends on it is not computed anew.
      if (codec.write(next as T) !== codec.write(value.peek())) value.value = next as T;
    },
    reset: () => {
      if (codec.write(value.peek()) !== initial) value.value = codec.initial;
    },
  });
  return value;
}
