import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { gain as theory } from 'gelu';
import type { VNode } from 'preact';
import { Check, Choice, SignalSlider } from '../controls.js';
import { Figure } from '../figure/figure.js';
import { percent, powerOfTen, short } from '../format.js';
import { type Curve, steps, styleOf } from '../plane/curve.js';
import { Plane } from '../plane/plane.js';
import { Section } from '../section.js';
import { isHidden, named, toggle } from '../state/chosen.js';
import { gain, init, layers, normalize, residual, units } from '../state/state.js';
import { type Outcome, useJob } from '../work/use-job.js';
import { BINS, type DepthInput, type DepthOutput, GAINS, SIZES } from './job.js';

const input: ReadonlySignal<DepthInput> = computed(() => ({
  specs: named.value.map(({ spec }) => spec),
  layers: layers.value,
  units: Number(units.value),
  init: init.value,
  gain: gain.value,
  residual: residual.value,
  normalize: normalize.value,
}));
/** A weight's standard deviation times √inputs, at gain 1. */
const SCALE = { he: Math.SQRT2, xavier: 1, unit: 1, orthogonal: 1 } as const;

/** The gain at which, in a plain stack of great width, a signal keeps its size: mean-field theory. */
const critical: ReadonlySignal<readonly (number | undefined)[]> = computed(() =>
  named.value.map(({ bound }) => {
    if (residual.value || normalize.value) return undefined;
    try {
      return theory(bound) / SCALE[init.value];
    } catch {
      return undefined; // nothing keeps it
    }
  }),
);
const outcome: Signal<Outcome<DepthOutput>> = signal({ value: undefined, busy: true, problem: '' });

export function DepthSection(): VNode {
  return (
    <Section
      id="depth"
      title="A signal on its way through depth"
      lead={
        <p>
          A stack of dense layers before any training, with the activations chosen in Compare. A signal of size 1 goes
          in below, a gradient of size 1 at the top: each ridge shows how large the values of a layer are. One gain too
          small and all dies; one too large and all explodes.
        </p>
      }
      figure={DepthFigure}
      controls={
        <>
          <SignalSlider
            label="gain of the weights"
            value={gain}
            low={0.5}
            high={2}
            step={0.01}
            text={(v) => short(v)}
          />
          <PhaseStrip />
          <SignalSlider label="layers" value={layers} low={2} high={100} step={1} />
          <Choice
            label="width"
            value={units}
            options={[
              ['32', '32'],
              ['64', '64'],
              ['128', '128'],
            ]}
          />
          <Choice
            label="weights"
            value={init}
            options={[
              ['he', 'He'],
              ['xavier', 'Xavier'],
              ['unit', 'unit rows'],
              ['orthogonal', 'orthogonal'],
            ]}
          />
          <div class="row">
            <Check label="residual" value={residual} />
            <Check label="layer norm" value={normalize} />
          </div>
        </>
      }
    >
      <Told />
    </Section>
  );
}

const sizes = steps([SIZES[0] + 0.5 / 6, SIZES[1] - 0.5 / 6], BINS).map((power) => 10 ** power);
const SHOWN = 12;

/** Ridges of some of the layers, the first at the bottom. */
function ridges(output: DepthOutput, of: 'signalRidges' | 'gradientRidges', visible: readonly boolean[]): Curve[] {
  const depth = output.flows[0]?.[of].length ?? 0;
  const count = Math.min(SHOWN, depth);
  const at = Array.from({ length: count }, (_, i) => Math.round((i * (depth - 1)) / Math.max(1, count - 1)));
  const height = (1.9 * depth) / count;
  return output.flows.flatMap((flow, i) =>
    visible[i]
      ? at.map((layer): Curve => {
          const { color } = styleOf(i);
          const shares = flow[of][layer];
          const most = Math.max(...shares, 1e-9);
          return {
            name: `layer ${layer + 1}`,
            color,
            width: 1.6,
            x: sizes,
            y: Array.from(shares, (share) => layer + 1 + (height * share) / most),
          };
        })
      : [],
  );
}

function DepthFigure(): VNode {
  const result = useJob<DepthOutput>('depth', input.value).value;
  outcome.value = result;
  const { value, problem } = result;
  const depth = layers.value;
  const visible = named.value.map(({ spec }) => !isHidden(spec));
  const legend = named.value.map(({ spec, label }, i) => ({
    name: label,
    color: styleOf(i).color,
    value: value?.flows[i] ? `${short(value.flows[i].signal.at(-1)!, 2)} arrives` : undefined,
    hidden: isHidden(spec),
    toggle: () => toggle(spec),
  }));
  const first = value?.flows[0];
  const title = first
    ? `After ${first.signal.length} layers ${named.value[0].label} leaves ${short(first.signal.at(-1)!, 2)} of a signal of 1, and ${short(first.gradient[0], 2)} of a gradient`
    : 'Through the layers';
  const axis = { domain: [10 ** SIZES[0], 10 ** SIZES[1]] as const, log: true };
  const up = { domain: [0.5, depth + 1 + (1.9 * depth) / Math.min(SHOWN, depth)] as const };
  return (
    <Figure at="depth" title={title} legend={legend} code={code}>
      <p role="alert">{problem}</p>
      <Plane
        label="How large the signals are, by layer"
        x={{ ...axis, label: 'size of a unit’s output' }}
        y={{ ...up, label: 'layer: signal, going up' }}
        curves={value ? ridges(value, 'signalRidges', visible) : []}
      />
      <Plane
        label="How large the gradients are, by layer"
        x={{ ...axis, label: 'size of a gradient' }}
        y={{ ...up, label: 'layer: gradient, coming down' }}
        curves={value ? ridges(value, 'gradientRidges', visible) : []}
      />
    </Figure>
  );
}

/** What becomes of a signal at other gains: measured in a stack of width 32. A press takes that gain. */
function PhaseStrip(): VNode | null {
  const phases = outcome.value.value?.phases ?? [];
  if (phases.length === 0) return <p class="hint">Trying other gains …</p>;
  const paint = (size: number): string => {
    const power = Math.log10(size);
    if (!(power > -30)) return 'var(--c-violet)';
    const share = Math.min(1, Math.abs(power) / 4);
    return `color-mix(in oklab, var(--c-green), var(--c-${power < 0 ? 'violet' : 'orange'}) ${Math.round(100 * share)}%)`;
  };
  return (
    <div class="strips">
      {named.value.map(({ spec, label }, i) => (
        <div key={spec}>
          <span>
            {label}
            {critical.value[i] === undefined ? '' : <Critical at={critical.value[i]} />}
          </span>
          <div
            class="strip"
            role="img"
            aria-label={`${label}, what arrives of a signal of 1 by gain: ${phases
              .filter((_, k) => k % 6 === 0)
              .map(({ gain: at, arrives }) => `${short(at, 2)}: ${short(arrives[i], 1)}`)
              .join(', ')}`}
          >
            {Array.from({ length: GAINS }, (_, k) => {
              const phase = phases[k];
              const size = phase?.arrives[i];
              if (size === undefined) return <i key={k} class="open" />;
              return (
                <i
                  key={k}
                  title={`gain ${short(phase.gain, 2)}: ${short(size, 2)} arrives`}
                  style={{ background: paint(size) }}
                />
              );
            })}
            {inStrip(critical.value[i]) ? <em style={{ left: place(critical.value[i]!) }} /> : null}
            <b style={{ left: `${(100 * Math.log(gain.value / 0.5)) / Math.log(4)}%` }} />
          </div>
        </div>
      ))}
      <p class="hint">
        <span style={{ color: 'var(--c-violet)' }}>dies ({powerOfTen(-4)} and less)</span> ·{' '}
        <span style={{ color: 'var(--c-green)' }}>keeps its size</span> ·{' '}
        <span style={{ color: 'var(--c-orange)' }}>explodes ({powerOfTen(4)} and more)</span>
      </p>
    </div>
  );
}

const inStrip = (at: number | undefined): boolean => at !== undefined && at > 0.5 && at < 2;
const place = (at: number): string => `${(100 * Math.log(at / 0.5)) / Math.log(4)}%`;

/** What theory says: a press takes that gain. */
function Critical({ at }: { at: number }): VNode {
  const wanted = Number(at.toFixed(4));
  return (
    <>
      , in theory kept at{' '}
      <button
        type="button"
        class="link"
        disabled={!inStrip(at)}
        onClick={() => {
          gain.value = wanted;
        }}
      >
        {short(at, 4)}
      </button>
    </>
  );
}

function Told(): VNode | null {
  const flows = outcome.value.value?.flows;
  if (!flows) return null;
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">activation</th>
            <th scope="col" class="right">
              signal at the top
            </th>
            <th scope="col" class="right">
              gradient at the bottom
            </th>
            <th scope="col" class="right">
              dead units
            </th>
          </tr>
        </thead>
        <tbody>
          {flows.map(({ signal: s, gradient, dead }, i) =>
            named.value[i] ? (
              <tr key={named.value[i].spec}>
                <td>{named.value[i].label}</td>
                <td class="right">{short(s.at(-1)!)}</td>
                <td class="right">{short(gradient[0])}</td>
                <td class="right">{percent(dead.reduce((sum, d) => sum + d / dead.length, 0))}</td>
              </tr>
            ) : null,
          )}
        </tbody>
      </table>
    </div>
  );
}

const code = (): { gelu: string; pytorch: string } => ({
  gelu: `npx gelu-lab flow --depth ${layers.value} --width ${units.value} --activations ${named.value.map(({ spec }) => spec).join(',')}`,
  pytorch: `import torch\nfrom torch import nn\n\nx = torch.randn(32, ${units.value})\nfor _ in range(${layers.value}):\n    w = torch.randn(${units.value}, ${units.value}) * ${gain.value} * (2 / ${units.value}) ** 0.5\n    x = nn.functional.gelu(x @ w.T)\n    print(x.square().mean().sqrt())`,
});
