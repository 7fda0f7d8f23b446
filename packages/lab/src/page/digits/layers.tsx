import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { percent, short } from '../format.js';
import { channels } from '../plane/color.js';
import { dark } from '../state/environment.js';
import type { Reading } from './network.js';
import { reading } from './state.js';

/** What comes out of each activation: a cell for each unit, blue above 0, orange below. */
export function Layers(): VNode {
  const read = reading.value;
  if (!read) return <p class="hint">Draw a digit, or take one: every unit of every layer is shown as it reads it.</p>;
  return (
    <div class="layers">
      {read.layers.map((layer, i) => (
        <Layer key={i} name={`layer ${i + 1}`} {...layer} />
      ))}
    </div>
  );
}

function Layer({ name, units, values }: { name: string } & Reading['layers'][number]): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDark = dark.value;
  const rows = values.length / units;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  useLayoutEffect(() => {
    const element = canvas.current!;
    const style = getComputedStyle(element);
    const [below, above, card] = ['--c-orange', '--c-blue', '--card'].map((key) =>
      channels(style.getPropertyValue(key)),
    );
    const context = element.getContext('2d')!;
    const image = context.createImageData(units, rows);
    values.forEach((value, i) => {
      const share = Math.sqrt(Math.abs(value) / largest);
      const color = value < 0 ? below : above;
      for (let k = 0; k < 3; k++) image.data[4 * i + k] = card[k] + share * (color[k] - card[k]);
      image.data[4 * i + 3] = 255;
    });
    context.putImageData(image, 0, 0);
  }, [values, isDark]);
  const open = values.filter((value) => value > 0).length;
  const label = `${name}: ${open} of ${values.length} above 0, the largest ${short(largest, 2)}`;
  return (
    <div>
      <span>{name}</span>
      <canvas
        ref={canvas}
        width={units}
        height={rows}
        class={rows > 1 ? 'tall' : ''}
        role="img"
        aria-label={label}
        title={label}
      />
      <span>{short(largest, 2)}</span>
    </div>
  );
}

/** The chance of each digit, as bars. */
export function Chances(): VNode {
  const chances = reading.value?.chances ?? new Array<number>(10).fill(0);
  const best = chances.indexOf(Math.max(...chances));
  return (
    <ol class="chances" aria-label="How likely each digit is">
      {chances.map((chance, digit) => (
        <li
          key={digit}
          class={reading.value && digit === best ? 'best' : ''}
          aria-label={`${digit}: ${percent(chance)}`}
        >
          <i style={{ height: `${Math.max(2, 100 * chance)}%` }} />
          <span aria-hidden="true">{digit}</span>
        </li>
      ))}
    </ol>
  );
}
