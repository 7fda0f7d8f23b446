import { useSignal } from '@preact/signals';
import { activations } from 'gelu';
import type { VNode } from 'preact';
import { Check, Choice, Select, Slider } from '../controls.js';
import { short } from '../format.js';
import { CALLABLE } from '../formula/parse.js';
import { Section } from '../section.js';
import { named, ownFormula } from '../state/chosen.js';
import { difference, f, own, quiet, range } from '../state/state.js';
import { Facts } from './facts.js';
import { CompareFigure } from './figure.js';
import { replace, sliderRange, withParameter } from './parameter.js';
import { Which } from './which.js';

const NAMES = activations.map(({ name }) => name);
const MOST = 8;

export function CompareSection(): VNode {
  return (
    <Section
      id="compare"
      title="Side by side, to the last bit"
      lead={
        <p>
          Pan and zoom all planes at once (drag; Ctrl and the wheel, two fingers, or + and −), read all values at the
          crosshair, bend a curve at its handle. <code>gelu</code> and <code>gelu:approximate=tanh</code> lie on each
          other: their difference does not.
        </p>
      }
      figure={CompareFigure}
      controls={<CompareControls />}
    >
      <Presets />
      <h3 class="sub">What is known of them</h3>
      <Facts />
      <Which />
    </Section>
  );
}

function CompareControls(): VNode {
  const problem = useSignal('');
  return (
    <>
      {named.value.map(({ spec, bound }, i) => (
        <fieldset class="activation" key={i}>
          <legend>Activation {i + 1}</legend>
          <Select
            label="name"
            value={bound.definition.name}
            options={NAMES}
            onChange={(name) => {
              problem.value = replace(i, name) ?? '';
            }}
          />
          {Object.entries(bound.definition.parameters).map(([name, { choices }]) => {
            const change = (value: number | string): void => {
              problem.value = replace(i, withParameter(named.value[i], name, value)) ?? '';
            };
            const value = bound.parameters[name];
            if (choices)
              return (
                <Select key={name} label={name} value={String(value)} options={choices.map(String)} onChange={change} />
              );
            const [low, high] = sliderRange(bound, name);
            if (bound.parameters.approximate !== undefined && bound.parameters.approximate !== 'none') return null;
            return (
              <Slider
                key={name}
                label={name}
                value={Number(value)}
                low={Math.min(low, Number(value))}
                high={Math.max(high, Number(value))}
                step={(high - low) / 200}
                text={(v) => short(v)}
                onChange={change}
              />
            );
          })}
          {f.value.length > 1 ? (
            <button
              type="button"
              class="small"
              aria-label={`Remove ${spec}`}
              onClick={() => {
                f.value = f.value.filter((_, k) => k !== i);
              }}
            >
              ×
            </button>
          ) : null}
        </fieldset>
      ))}
      <p role="alert">{problem.value}</p>
      {f.value.length < MOST ? (
        <div>
          <button
            type="button"
            onClick={() => {
              f.value = [
                ...f.value,
                NAMES.find(
                  (name) => !f.value.some((spec) => spec.split(':')[0] === name) && !['calu', 'celu'].includes(name),
                ) ?? 'silu',
              ];
            }}
          >
            Add an activation
          </button>
        </div>
      ) : null}
      <label class="field">
        <span>a formula of your own in x</span>
        <input
          type="text"
          placeholder="x * sigmoid(1.6 x)"
          spellcheck={false}
          autocomplete="off"
          value={own.value}
          aria-describedby="own-hint"
          onInput={({ currentTarget }) => {
            own.value = currentTarget.value;
          }}
        />
      </label>
      <p id="own-hint" class="hint">
        {ownFormula.value.problem ? (
          <span role="alert">{ownFormula.value.problem}</span>
        ) : (
          `+ − * / ^, pi, e, ${CALLABLE.join(', ')}`
        )}
      </p>
      <div class="row">
        <Choice
          label="difference from the first"
          value={difference}
          options={[
            ['absolute', 'absolute'],
            ['ulp', 'in ULP'],
          ]}
        />
        <Check label="shade where |f′| < 0.1" value={quiet} />
        <button
          type="button"
          onClick={() => {
            range.value = [-5, 5];
          }}
        >
          −5 … 5
        </button>
      </div>
    </>
  );
}

/** Comparisons worth a look; links, since all that is shown stands in the address. */
function Presets(): VNode {
  const presets = [
    [
      'Two GELUs that look the same',
      '#compare&f=gelu,gelu:approximate=tanh,gelu:approximate=sigmoid&range=-8..3&diff=ulp',
    ],
    ['From SiLU to ReLU', '#compare&f=silu:beta=4,silu,relu&range=-4..4'],
    ['Where little is learned', '#compare&f=relu6,gelu,hardswish&quiet=yes&range=-6..8'],
    ['Smooth dips', '#compare&f=mish,gelu,silu&range=-5..1'],
  ];
  return (
    <p>
      Begin with:{' '}
      {presets.map(([name, address], i) => (
        <span key={address}>
          {i > 0 ? ' · ' : ''}
          <a href={address}>{name}</a>
        </span>
      ))}
    </p>
  );
}
