import { type Signal, signal } from '@preact/signals';

const followed = (query: string): Signal<boolean> => {
  const media = globalThis.matchMedia?.(query);
  const value = signal(media?.matches ?? false);
  media?.addEventListener('change', () => {
    value.value = media.matches;
  });
  return value;
};

/** Curves on canvases are drawn anew when it changes. */
export const dark: Signal<boolean> = followed('(prefers-color-scheme: dark)');

/** Movement that nobody asked for is left out. */
export const still: Signal<boolean> = followed('(prefers-reduced-motion: reduce)');
