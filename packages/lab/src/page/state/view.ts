import { type Signal, signal } from '@preact/signals';

/** The section that is in the middle of the window. */
export const inView: Signal<string> = signal('');
