import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** The size of an element in CSS pixels, as it changes. */
export function useSize<T extends Element>(): [RefObject<T>, Signal<{ width: number; height: number }>] {
  const ref = useRef<T>(null) as RefObject<T>;
  const size = useSignal({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current!;
    const take = ({ width, height }: { width: number; height: number }): void => {
      if (width !== size.peek().width || height !== size.peek().height) size.value = { width, height };
    };
    take(element.getBoundingClientRect());
    const observer = new ResizeObserver(([entry]) => take(entry.contentRect));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
