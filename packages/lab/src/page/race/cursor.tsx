import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { REACH } from './job.js';

const STEP = 0.05;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** A mark over a map that arrow keys move, ten times as far with Shift; Enter or Space adds a point there. */
export function Cursor({ onPoint }: { onPoint: (x: number, y: number) => void }): VNode {
  const at = useSignal<readonly [number, number]>([0, 0]);
  const inside = (value: number): number => Math.min(REACH, Math.max(-REACH, Number(value.toFixed(2))));
  const [x, y] = at.value;
  const share = (value: number): string => `${(50 * (value / REACH + 1)).toFixed(1)}%`;
  return (
    <div
      class="cursor"
      role="application"
      aria-label={`Place for a point: ${x}, ${y}. Arrow keys move it, Enter adds a point`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is worked by keys
      tabIndex={0}
      onKeyDown={(event) => {
        const arrow = ARROWS[event.key];
        const by = STEP * (event.shiftKey ? 10 : 1);
        if (arrow) at.value = [inside(x + by * arrow[0]), inside(y + by * arrow[1])];
        else if (event.key === 'Enter' || event.key === ' ') onPoint(x, y);
        else return;
        event.preventDefault();
      }}
    >
      <i style={{ left: share(x), top: share(-y) }} />
    </div>
  );
}
