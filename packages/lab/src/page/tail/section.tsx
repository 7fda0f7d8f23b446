import { computed, type Signal, signal } from '@preact/signals';
import { preciseGelu } from 'gelu/numerics';
import type { VNode } from 'preact';
import { Choice } from '../controls.js';
import { Figure, type Key } from '../figure/figure.js';
import { short } from '../format.js';
import { Plane } from '../plane/plane.js';
import { Section } from '../section.js';
import { tailRange, tailType } from '../state/state.js';
import { useJob } from '../work/use-job.js';
import { Audit } from './audit.js';
import { bitsOf } from './bits.js';
import { tailError, tailForms } from './forms.js';
import type { TailOutput } from './job.js';

const COLORS = ['blue', 'orange', 'green'];
const cross: Signal<number | null> = signal(-5.5);
const forms = computed(() => tailForms(tailType.value));
const FULL = { float32: [-14, 0], float64: [-38.5, 0] } as const;
const domain = computed((): readonly [number, number] => {
  const [from, to] = tailRange.value;
  return from === -14 && to === 0 ? FULL[tailType.value] : tailRange.value;
});

export function TailSection(): VNode {
  return (
    <Section
      id="tail"
      title="What is left far below zero"
      lead={
        <p>
          Written as ½·x·(1 + erf(x/√2)), GELU loses its digits below 0: 1 + erf cancels, and from some x on only 0 is
          left, though numbers far smaller could be held. With erfc the argument is rounded before it is squared. A unit
          in the last place (ULP) is the distance between neighbouring numbers; ½ is what rounding costs.
        </p>
      }
      figure={TailFigure}
      controls={
        <Choice
          label="format"
          value={tailType}
          options={[
            ['float32', 'float32'],
            ['float64', 'float64'],
          ]}
        />
      }
    >
      <Bits />
      <Audit />
    </Section>
  );
}

function TailFigure(): VNode {
  const type = tailType.value;
  const { value, problem } = useJob<TailOutput>('tail', { type, range: domain.value }).value;
  const at = cross.value;
  const curves = value
    ? forms.value
        .map((form, i) => ({
          name: form.name,
          color: COLORS[i],
          width: i === 0 ? 3 : 2,
          x: value.x,
          y: value.errors[i] ?? [],
        }))
        .reverse()
    : [];
  const legend = forms.value.map(
    (form, i): Key => ({
      name: form.name,
      color: COLORS[i],
      value: at === null ? undefined : `${short(tailError(form, round(at), type), 2)} ULP`,
    }),
  );
  const lost =
    type === 'float32' ? '1 + erf loses all of its bits below −5.5' : '1 + erf loses all of its bits below −8.3';
  return (
    <Figure
      at="tail"
      title={`${lost}; this library none, down to the smallest number there is`}
      legend={legend}
      code={code}
    >
      <p role="alert">{problem}</p>
      <Plane
        label={`Errors in ULP by x, in ${type}`}
        x={{ domain: domain.value, label: 'x' }}
        y={{
          domain: type === 'float32' ? [0.01, 1e8] : [0.01, 1e17],
          label: 'error in ULP, the largest nearby',
          log: true,
        }}
        rules={[0.5]}
        curves={curves}
        cross={cross}
        onView={([from, to]) => {
          if (from >= -1000 && to <= 1000 && to - from > 0.01) tailRange.value = [from, to];
        }}
        onReset={() => {
          tailRange.value = [-14, 0];
        }}
      />
    </Figure>
  );
}

const round = (x: number): number => (tailType.value === 'float32' ? Math.fround(x) : x);
const exact = new Float64Array(2);

/** The bits of each form's result at the crosshair; those that are wrong are marked. */
function Bits(): VNode {
  const type = tailType.value;
  const x = round(cross.value ?? -5.5);
  preciseGelu('none', 0, x, exact);
  const right = bitsOf(exact[0], type).join(' ');
  const rows: [string, number, number][] = forms.value.map((form) => [
    form.name,
    form.compute(x),
    tailError(form, x, type),
  ]);
  return (
    <div class="bits">
      <h3>Every bit at x = {short(x, 8)}</h3>
      {rows.map(([name, value, error]) => {
        const bits = bitsOf(value, type).join(' ');
        return (
          <div key={name}>
            <p>
              {name}: <b>{short(value, 9)}</b>, {short(error, 3)} ULP off
            </p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
            <pre tabIndex={0}>{[...bits].map((bit, i) => (bit === right[i] ? bit : <mark key={i}>{bit}</mark>))}</pre>
          </div>
        );
      })}
      <p class="hint">Sign, exponent, significand. Marked: bits that differ from those of the exact value, rounded.</p>
    </div>
  );
}

const code = (): { gelu: string; pytorch: string } => {
  const x = round(cross.value ?? -5.5);
  return {
    gelu: `import { gelu } from 'gelu';\n\ngelu(Float32Array.of(${x})); // correctly rounded`,
    pytorch: `import torch\n\nx = torch.tensor(${x})\ntorch.nn.functional.gelu(x), torch.nn.functional.gelu(x.double())`,
  };
};
