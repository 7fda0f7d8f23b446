import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { channels } from '../plane/color.js';
import { dark } from '../state/environment.js';
import { REACH } from './job.js';

interface MapProps {
  label: string;
  logits: Float32Array | undefined;
  points?: { x: Float32Array; y: Uint8Array } | undefined;
  onPoint?: (x: number, y: number) => void;
}

/** σ of a logit for a colour: eight bits are enough. */
const shade = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Where a network decides for which class, and the points. A press adds a point. */
export function DecisionMap({ label, logits, points, onPoint }: MapProps): VNode {
  const ref = useRef<HTMLCanvasElement>(null);
  const isDark = dark.value;
  useLayoutEffect(() => {
    const canvas = ref.current!;
    if (!logits) return;
    const size = Math.sqrt(logits.length);
    const ratio = points ? 6 : 1;
    canvas.width = canvas.height = size * ratio;
    const context = canvas.getContext('2d')!;
    const style = getComputedStyle(canvas);
    const [zero, one, card] = ['--c-orange', '--c-blue', '--card'].map((name) =>
      channels(style.getPropertyValue(name)),
    );
    const image = new ImageData(size, size);
    for (let i = 0; i < logits.length; i++) {
      const p = shade(logits[i]);
      const strong = 0.12 + 0.5 * Math.abs(2 * p - 1);
      const colour = p > 0.5 ? one : zero;
      for (let k = 0; k < 3; k++) image.data[4 * i + k] = card[k] + strong * (colour[k] - card[k]);
      image.data[4 * i + 3] = 255;
    }
    const small = new OffscreenCanvas(size, size);
    small.getContext('2d')!.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = ratio > 1;
    context.drawImage(small, 0, 0, canvas.width, canvas.height);
    if (!points) return;
    for (let i = 0; i < points.y.length; i++) {
      const px = ((points.x[2 * i] / REACH + 1) / 2) * canvas.width;
      const py = ((1 - points.x[2 * i + 1] / REACH) / 2) * canvas.height;
      context.beginPath();
      context.arc(px, py, 3, 0, 2 * Math.PI);
      context.fillStyle = `rgb(${(points.y[i] ? one : zero).join(' ')})`;
      context.fill();
      context.lineWidth = 0.8;
      context.strokeStyle = `rgb(${card.join(' ')})`;
      context.stroke();
    }
  }, [logits, points?.x, isDark]);
  return (
    <canvas
      ref={ref}
      class="map"
      role="img"
      aria-label={label}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const [share, down] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
        onPoint?.(REACH * (2 * share - 1), REACH * (1 - 2 * down));
      }}
    />
  );
}
