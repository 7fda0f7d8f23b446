import { useSignal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { inView } from './state/view.js';

/** On a phone only the first sheet is open at the beginning. */
const NARROW = globalThis.matchMedia?.('(max-width: 860px)').matches ?? false;

interface SectionProps {
  id: string;
  title: string;
  /** Beneath the title. */
  lead: ComponentChildren;
  figure?: () => VNode;
  controls?: ComponentChildren;
  children?: ComponentChildren;
}

/**
 * A part of the page: on wide screens its text on the left and its figure, which stays in view, on the right; on narrow ones the
 * figure stays at the top and the controls at the bottom. What it shows is computed when it comes near.
 */
export function Section({ id, title, lead, figure, controls, children }: SectionProps): VNode {
  const ref = useRef<HTMLElement>(null);
  const near = useSignal(false);
  useEffect(() => {
    const element = ref.current!;
    const close = new IntersectionObserver(
      ([entry]) => {
        if (entry.isIntersecting) near.value = true;
      },
      { rootMargin: '300px' },
    );
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (entry.isIntersecting) inView.value = id;
      },
      { rootMargin: '-45% 0px -45% 0px' },
    );
    close.observe(element);
    seen.observe(element);
    return () => {
      close.disconnect();
      seen.disconnect();
    };
  }, []);
  const Shown = figure;
  return (
    <section id={id} ref={ref} class={figure ? 'split' : 'plain'} aria-labelledby={`h-${id}`}>
      <div class="lead">
        <h2 id={`h-${id}`}>{title}</h2>
        {lead}
      </div>
      {Shown ? <div class="stage">{near.value ? <Shown /> : null}</div> : null}
      {controls ? (
        <details class="sheet" open={!NARROW || id === 'gate'}>
          <summary>Controls</summary>
          <div class="controls">{controls}</div>
        </details>
      ) : null}
      {children ? <div class="more">{children}</div> : null}
    </section>
  );
}
