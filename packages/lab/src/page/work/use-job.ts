import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type Running, startJob } from './start.js';

/** What a job has given so far. */
export interface Outcome<T> {
  value: T | undefined;
  busy: boolean;
  problem: string;
}

/** Runs a job anew whenever its input changes; a newer one ends an older one. Nothing is run for undefined. */
export function useJob<T>(job: string, input: unknown, wait = 60): Signal<Outcome<T>> {
  const outcome = useSignal<Outcome<T>>({ value: undefined, busy: input !== undefined, problem: '' });
  const key = JSON.stringify(input);
  const running = useRef<Running | undefined>(undefined);
  useEffect(() => {
    if (input === undefined) return;
    outcome.value = { ...outcome.peek(), busy: true, problem: '' };
    // While a slider moves nothing is begun that the next moment would end.
    const timer = setTimeout(() => {
      running.current = startJob<T>(job, input, {
        part: (value) => {
          outcome.value = { value, busy: true, problem: '' };
        },
        end: () => {
          outcome.value = { ...outcome.peek(), busy: false };
        },
        problem: (problem) => {
          outcome.value = { ...outcome.peek(), busy: false, problem };
        },
      });
    }, wait);
    return () => {
      clearTimeout(timer);
      running.current?.stop();
    };
  }, [job, key]);
  return outcome;
}
