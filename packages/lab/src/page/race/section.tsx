import { useSignalEffect } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { fitted } from '../compare/curves.js';
import { Choice, Playback, Select, SignalSlider } from '../controls.js';
import { Figure } from '../figure/figure.js';
import { percent, short } from '../format.js';
import { styleOf } from '../plane/curve.js';
import { Plane } from '../plane/plane.js';
import { Section } from '../section.js';
import {
  data,
  ownClass,
  ownPoints,
  raceLayers,
  raceNoise,
  raceRate,
  raceSeed,
  raceSpeed,
  raceWidth,
} from '../state/state.js';
import { Cursor } from './cursor.js';
import { SHAPES } from './data.js';
import { DecisionMap } from './map.js';
import { Seeds } from './seeds.js';
import {
  begin,
  changeLanes,
  history,
  legend,
  losses,
  playing,
  problem,
  racers,
  setting,
  shown,
  stepOnce,
  tell,
} from './state.js';

export function RaceSection(): VNode {
  return (
    <Section
      id="race"
      title="Let them learn"
      lead={
        <p>
          The first three activations of Compare, in small networks with the same weights, on the same batches. Watch
          where they decide, what they lose, which units have died. Change an activation while it runs: it goes on with
          the weights it has. One race ranks nobody; several seeds below begin to.
        </p>
      }
      figure={RaceFigure}
      controls={<RaceControls />}
    >
      <Seeds />
    </Section>
  );
}

const MOST_POINTS = 60;

function RaceFigure(): VNode {
  useSignalEffect(() => {
    setting.value;
    begin();
  });
  useSignalEffect(() => {
    racers.value;
    changeLanes();
  });
  useSignalEffect(() => {
    playing.value;
    raceSpeed.value;
    raceRate.value;
    tell();
  });
  useEffect(
    () => () => {
      playing.value = false;
    },
    [],
  );
  const output = shown.value;
  const add = (x: number, y: number): void => {
    if (ownPoints.value.length < MOST_POINTS)
      ownPoints.value = [
        ...ownPoints.value,
        [Number(x.toFixed(2)), Number(y.toFixed(2)), ownClass.value === 'blue' ? 1 : 0],
      ];
  };
  return (
    <Figure at="race" title={title()} legend={legend.value} csv={csv}>
      <p role="alert">{problem.value}</p>
      <div class="lanes">
        {racers.value.map(({ spec, label }, i) => {
          const lane = output?.lanes[i];
          return (
            <div class="lane" key={spec}>
              <div class="place">
                <DecisionMap
                  label={`${label} decides right on ${lane ? percent(lane.testAccuracy) : '…'} of new points`}
                  logits={lane?.map}
                  points={output}
                  onPoint={add}
                />
                {i === 0 ? <Cursor onPoint={add} /> : null}
              </div>
              <Dead label={label} layers={lane?.dead ?? []} />
            </div>
          );
        })}
      </div>
      <div class="pair">
        <Plane
          label="Loss by step"
          x={{ domain: [1, Math.max(50, (history.value.steps.at(-1) ?? 0) + 1)], label: 'step' }}
          y={{ domain: fitted(losses.value, true), label: 'training loss', log: true }}
          curves={losses.value}
        />
        <Gradients />
      </div>
    </Figure>
  );
}

/** The size of each layer's gradient in the last step. */
function Gradients(): VNode {
  const lanes = shown.value?.lanes ?? [];
  const curves = lanes.map(({ gradients }, i) => ({
    name: racers.value[i]?.label ?? '',
    ...styleOf(i),
    x: gradients.map((_, k) => k + 1),
    y: gradients,
  }));
  return (
    <Plane
      label={`Size of the gradient by layer: ${curves.map(({ name, y }) => `${name} ${y.map((v) => short(v, 2)).join(', ')}`).join('; ')}`}
      x={{ domain: [0.8, raceLayers.value + 1.2], label: 'layer' }}
      y={{ domain: fitted(curves, true), label: 'gradient', log: true }}
      curves={curves}
    />
  );
}

/** A cell for each unit, a row for each layer; dark ones are dead: their slope is 0 at every point. */
function Dead({ label, layers }: { label: string; layers: readonly Uint8Array[] }): VNode {
  const all = layers.reduce((sum, units) => sum + units.length, 0);
  const dead = layers.reduce((sum, units) => sum + units.reduce((a, b) => a + b, 0), 0);
  return (
    <div class="cells" role="img" aria-label={`${label}: ${dead} of ${all} units are dead`}>
      {layers.map((units, layer) => (
        <div key={layer}>
          {Array.from(units, (quiet, unit) => (
            <i key={unit} class={quiet ? 'dead' : ''} />
          ))}
        </div>
      ))}
    </div>
  );
}

function title(): string {
  const output = shown.value;
  if (!output || output.step === 0) return 'Press Play: all begin with the same weights';
  const told = output.lanes.map(({ testAccuracy }, i) => `${racers.value[i]?.label} ${percent(testAccuracy)}`);
  return `After ${output.step} steps: ${told.join(', ')} of new points right`;
}

function csv(): string {
  const { steps, losses: all } = history.value;
  const names = racers.value.map(({ spec }) => `"${spec}"`);
  return `step,${names.join(',')}\n${steps.map((step, i) => [step, ...all.map((lane) => lane[i])].join(',')).join('\n')}\n`;
}

function RaceControls(): VNode {
  return (
    <>
      <Playback playing={playing} begin="Play" onStep={stepOnce} onRestart={begin} />
      <Choice label="points" value={data} options={SHAPES.map((shape) => [shape, shape] as const)} />
      <div class="row">
        <SignalSlider label="steps at a time" value={raceSpeed} low={1} high={50} step={1} />
        <SignalSlider label="learning rate" value={raceRate} low={0.0001} high={0.3} log text={(v) => short(v, 2)} />
      </div>
      <div class="row">
        <SignalSlider label="hidden layers" value={raceLayers} low={1} high={8} step={1} />
        <SignalSlider label="width" value={raceWidth} low={2} high={32} step={1} />
      </div>
      <div class="row">
        <SignalSlider label="noise" value={raceNoise} low={0} high={0.3} step={0.01} />
        <SignalSlider label="seed" value={raceSeed} low={1} high={100} step={1} />
      </div>
      <div class="row">
        <Select
          label="a press on a map adds a point (by keyboard: on the first)"
          value={ownClass.value}
          options={['blue', 'orange']}
          onChange={(value) => {
            ownClass.value = value === 'orange' ? 'orange' : 'blue';
          }}
        />
        {ownPoints.value.length > 0 ? (
          <button
            type="button"
            onClick={() => {
              ownPoints.value = [];
            }}
          >
            Remove your {ownPoints.value.length}
          </button>
        ) : null}
      </div>
    </>
  );
}
