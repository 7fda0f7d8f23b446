import type { Signal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { useId } from 'preact/hooks';

interface Range {
  label: string;
  low: number;
  high: number;
  step?: number;
  log?: boolean;
  text?: (value: number) => string;
}

/** A slider that sets a signal, as the other controls do. */
export function SignalSlider({ value, ...range }: Range & { value: Signal<number> }): VNode {
  return (
    <Slider
      {...range}
      value={value.value}
      onChange={(number) => {
        value.value = number;
      }}
    />
  );
}

/** A slider for a number; with `log` its steps are equal factors. */
export function Slider({
  label,
  value,
  low,
  high,
  step = 0.01,
  log = false,
  text = String,
  onChange,
}: Range & { value: number; onChange: (value: number) => void }): VNode {
  const id = useId();
  const inner = log ? Math.log : (v: number): number => v;
  const outer = (v: number): number => (log ? Number(Math.exp(v).toPrecision(3)) : Number(v.toPrecision(10)));
  const shown = text(value);
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <output for={id}>{shown}</output>
      <input
        id={id}
        type="range"
        min={inner(low)}
        max={inner(high)}
        step={log ? (inner(high) - inner(low)) / 200 : step}
        value={inner(value)}
        aria-valuetext={shown}
        onInput={({ currentTarget }) => onChange(Math.min(high, Math.max(low, outer(Number(currentTarget.value)))))}
      />
    </div>
  );
}

/** What runs step by step: begun or paused, one step, all anew. `onToggle` is called after `playing` has changed. */
export function Playback(props: {
  playing: Signal<boolean>;
  begin: string;
  onToggle?: () => void;
  onStep: () => void;
  onRestart: () => void;
}): VNode {
  const { playing, begin, onToggle, onStep, onRestart } = props;
  return (
    <div class="row">
      <button
        type="button"
        class="main"
        aria-pressed={playing.value}
        onClick={() => {
          playing.value = !playing.value;
          onToggle?.();
        }}
      >
        {playing.value ? 'Pause' : begin}
      </button>
      <button type="button" onClick={onStep}>
        Step
      </button>
      <button type="button" onClick={onRestart}>
        From the start
      </button>
    </div>
  );
}

/** One of several, as buttons beside each other. */
export function Choice<T extends string>({
  label,
  value,
  options,
}: {
  label: string;
  value: Signal<T>;
  options: readonly (readonly [T, string])[];
}): VNode {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      <div>
        {options.map(([option, text]) => (
          <label key={option}>
            <input
              type="radio"
              name={name}
              checked={value.value === option}
              onChange={() => {
                value.value = option;
              }}
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A box to tick. */
export function Check({ label, value }: { label: string; value: Signal<boolean> }): VNode {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={value.value}
        onChange={({ currentTarget }) => {
          value.value = currentTarget.checked;
        }}
      />
      {label}
    </label>
  );
}

/** A list to choose from. */
export function Select({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly string[];
  onChange: (value: string) => void;
}): VNode {
  return (
    <label class="select">
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  );
}

export function Row({ children }: { children: ComponentChildren }): VNode {
  return <div class="row">{children}</div>;
}
