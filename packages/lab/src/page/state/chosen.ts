import { computed, type ReadonlySignal } from '@preact/signals';
import { activationsNamed, type NamedActivation } from '../../console/activation-spec.js';
import { ownActivation } from '../formula/own.js';
import { f, hidden, own } from './state.js';

/** A formula of one's own, or why it is none. */
export const ownFormula: ReadonlySignal<{ activation?: NamedActivation; problem?: string }> = computed(() => {
  if (own.value.trim() === '') return {};
  try {
    return { activation: ownActivation(own.value) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
});

/** The chosen activations in their order, a formula of one's own last. */
export const chosen: ReadonlySignal<readonly NamedActivation[]> = computed(() => {
  const mine = ownFormula.value.activation;
  return [...activationsNamed(f.value.join(',')), ...(mine ? [mine] : [])];
});

/** The activations that a worker can make from their names. */
export const named: ReadonlySignal<readonly NamedActivation[]> = computed(() => activationsNamed(f.value.join(',')));

const hiddenSpecs = computed(() => new Set(hidden.value.split(';').filter(Boolean)));

export const isHidden = (spec: string): boolean => hiddenSpecs.value.has(spec);

/** Shows a curve that was hidden, and hides one that was shown. */
export function toggle(spec: string): void {
  const all = new Set(hiddenSpecs.peek());
  if (!all.delete(spec)) all.add(spec);
  hidden.value = [...all].join(';');
}
