import { activations } from 'gelu';
import type { VNode } from 'preact';
import { activationNamed } from '../../console/activation-spec.js';
import { Choice, Playback, Select, SignalSlider } from '../controls.js';
import { short } from '../format.js';
import { digitsRate, digitsSeed, learner, net } from '../state/state.js';
import { SIDE } from './drawing.js';
import { begin, draw, playing, showNext, stepOnce, tell } from './state.js';

const NAMES = activations.map(({ name }) => name);

export function DigitsControls(): VNode {
  const { bound } = activationNamed(learner.value[0]);
  const { name, parameters } = bound.definition;
  const forms = parameters.approximate?.choices;
  return (
    <>
      <Playback playing={playing} begin="Learn" onToggle={tell} onStep={stepOnce} onRestart={begin} />
      <Choice
        label="network"
        value={net}
        options={[
          ['paper', 'the paper’s'],
          ['transformer', 'transformer'],
        ]}
      />
      <div class="row">
        <Select
          label="activation"
          value={name}
          options={NAMES}
          onChange={(next) => {
            learner.value = [next];
          }}
        />
        {forms ? (
          <Select
            label="form"
            value={String(bound.parameters.approximate)}
            options={forms.map(String)}
            onChange={(form) => {
              learner.value = [form === 'none' ? name : `${name}:approximate=${form}`];
            }}
          />
        ) : null}
      </div>
      <div class="row">
        <SignalSlider label="learning rate" value={digitsRate} low={0.00001} high={0.1} log text={(v) => short(v, 2)} />
        <SignalSlider label="seed" value={digitsSeed} low={1} high={100} step={1} />
      </div>
      <div class="row">
        <button type="button" onClick={showNext}>
          A digit it has not seen
        </button>
        <button type="button" onClick={() => draw(new Float32Array(SIDE * SIDE))}>
          Clear the field
        </button>
      </div>
      <p class="hint" id="pen-hint">
        Draw with a pointer. By keyboard: arrow keys move the pen (with Shift three pixels), Space puts it down and
        lifts it, Delete clears.
      </p>
    </>
  );
}
