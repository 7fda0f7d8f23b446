import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { dark } from '../state/environment.js';
import { SIDE, stroke } from './drawing.js';
import { draw, drawing, label } from './state.js';

type Point = readonly [x: number, y: number];
const MIDDLE: Point = [SIDE / 2, SIDE / 2];
const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A field to draw a digit in, by pointer, or by arrow keys with the pen down or up. */
export function Pad(): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pen = useSignal<Point>(MIDDLE);
  const down = useSignal(false);
  const focused = useSignal(false);
  const last = useRef<Point | undefined>(undefined);
  const isDark = dark.value;
  const pixels = drawing.value;
  useLayoutEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    const image = context.createImageData(SIDE, SIDE);
    pixels.forEach((ink, i) => {
      const shade = Math.round(255 * (isDark ? 0.1 + 0.85 * ink : 1 - 0.92 * ink));
      image.data.set([shade, shade, shade, 255], 4 * i);
    });
    context.putImageData(image, 0, 0);
  }, [pixels, isDark]);
  const at = ({ clientX, clientY }: PointerEvent): Point => {
    const box = canvas.current!.getBoundingClientRect();
    return [((clientX - box.left) / box.width) * SIDE, ((clientY - box.top) / box.height) * SIDE];
  };
  /** Another digit is begun on a clean field once an image of the set was shown. */
  const ground = (): Float32Array => (label.peek() === undefined ? drawing.peek() : new Float32Array(SIDE * SIDE));
  const line = (from: Point, to: Point): void => draw(stroke(ground(), from, to));
  const move = (event: KeyboardEvent): void => {
    const arrow = ARROWS[event.key];
    const [x, y] = pen.peek();
    if (arrow) {
      const by = event.shiftKey ? 3 : 1;
      const next: Point = [
        Math.min(SIDE - 2, Math.max(2, x + by * arrow[0])),
        Math.min(SIDE - 2, Math.max(2, y + by * arrow[1])),
      ];
      if (down.peek()) line([x, y], next);
      pen.value = next;
    } else if (event.key === ' ') {
      down.value = !down.peek();
      if (down.peek()) line([x, y], [x, y]);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      draw(new Float32Array(SIDE * SIDE));
      down.value = false;
    } else return;
    event.preventDefault();
  };
  return (
    <div
      class="ink"
      role="application"
      aria-label="Field to draw a digit in"
      aria-describedby="pen-hint"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is worked by keys
      tabIndex={0}
      onKeyDown={move}
      onFocus={() => {
        focused.value = true;
      }}
      onBlur={() => {
        focused.value = false;
        down.value = false;
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        last.current = at(event);
        line(last.current, last.current);
      }}
      onPointerMove={(event) => {
        if (!last.current) return;
        const next = at(event);
        line(last.current, next);
        last.current = next;
      }}
      onPointerUp={() => {
        last.current = undefined;
      }}
      onPointerCancel={() => {
        last.current = undefined;
      }}
    >
      <canvas ref={canvas} width={SIDE} height={SIDE} />
      {focused.value ? (
        <i
          class={down.value ? 'down' : ''}
          style={{ left: `${(100 * pen.value[0]) / SIDE}%`, top: `${(100 * pen.value[1]) / SIDE}%` }}
        />
      ) : null}
    </div>
  );
}
