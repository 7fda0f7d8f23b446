import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { Scale } from './scale.js';
import type { PlaneHandle } from './types.js';

/** A dot that can be dragged, and moved by arrow keys as a slider is. */
export function Handle({
  handle,
  left,
  top,
  scales,
}: {
  handle: PlaneHandle;
  left: number;
  top: number;
  scales: () => [Scale, Scale];
}): VNode {
  const { color, label, value, text, low, high, step, onValue, onDrag } = handle;
  const ref = useRef<HTMLDivElement>(null);
  const key = (event: KeyboardEvent): void => {
    const size = step * (event.shiftKey ? 10 : 1);
    const next: Partial<Record<string, number>> = {
      ArrowLeft: value - size,
      ArrowDown: value - size,
      ArrowRight: value + size,
      ArrowUp: value + size,
      PageDown: value - 10 * step,
      PageUp: value + 10 * step,
      Home: low,
      End: high,
    };
    const wanted = next[event.key];
    if (wanted === undefined) return;
    onValue(Number(Math.min(high, Math.max(low, wanted)).toPrecision(10)));
    event.preventDefault();
    event.stopPropagation();
  };
  const move = (event: PointerEvent): void => {
    if (!onDrag || !ref.current!.hasPointerCapture(event.pointerId)) return;
    event.stopPropagation();
    const box = ref.current!.parentElement!.getBoundingClientRect();
    const [sx, sy] = scales();
    onDrag(sx.from(event.clientX - box.left), sy.from(event.clientY - box.top));
  };
  return (
    <div
      ref={ref}
      class="handle"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={low}
      aria-valuemax={high}
      aria-valuetext={text}
      style={{ left: `${left}px`, top: `${top}px`, '--at': `var(--c-${color})` }}
      onKeyDown={key}
      onPointerDown={(event) => {
        if (!onDrag) return;
        event.stopPropagation();
        ref.current!.setPointerCapture(event.pointerId);
        ref.current!.focus();
      }}
      onPointerMove={move}
    />
  );
}
