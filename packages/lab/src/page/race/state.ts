import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { NamedActivation } from '../../console/activation-spec.js';
import type { Key } from '../figure/figure.js';
import { percent } from '../format.js';
import type { Curve } from '../plane/curve.js';
import { styleOf } from '../plane/curve.js';
import { named } from '../state/chosen.js';
import { data, ownPoints, raceLayers, raceNoise, raceRate, raceSeed, raceSpeed, raceWidth } from '../state/state.js';
import { type Running, startJob } from '../work/start.js';
import type { Lane, RaceOrder, RaceOutput } from './job.js';
import type { RaceInput } from './race.js';

/** At most three race at once. */
export const racers: ReadonlySignal<readonly NamedActivation[]> = computed(() => named.value.slice(0, 3));

/** What a race is begun anew for; the activations can change while it runs. */
export const setting: ReadonlySignal<Omit<RaceInput, 'specs'>> = computed(() => ({
  shape: data.value,
  noise: raceNoise.value,
  layers: raceLayers.value,
  width: raceWidth.value,
  rate: raceRate.peek(),
  seed: raceSeed.value,
  extra: ownPoints.value,
}));

export const playing: Signal<boolean> = signal(false);
export const shown: Signal<RaceOutput | undefined> = signal(undefined);
export const problem: Signal<string> = signal('');
/** Steps and losses so far, by lane. */
export const history: Signal<{ steps: number[]; losses: number[][] }> = signal({ steps: [], losses: [] });

let running: Running | undefined;
let lanes: readonly string[] = [];

function take(output: RaceOutput): void {
  shown.value = output;
  const { steps, losses } = history.peek();
  if (output.step === 0 || steps[steps.length - 1] !== output.step) {
    const more = output.lanes.map(({ loss }, i) => [...(losses[i] ?? []), loss]);
    history.value = { steps: [...steps, output.step], losses: more };
  }
}

/** Begins anew: the same weights and batches for all. */
export function begin(): void {
  running?.stop();
  lanes = racers.peek().map(({ spec }) => spec);
  history.value = { steps: [], losses: [] };
  problem.value = '';
  running = startJob<RaceOutput>(
    'race',
    { ...setting.peek(), specs: lanes },
    {
      part: take,
      problem: (message) => {
        problem.value = message;
        playing.value = false;
      },
    },
  );
  tell();
}

const say = (order: RaceOrder): void => running?.send(order);

/** Play or pause, speed and rate, as they are. */
export function tell(): void {
  say({ go: playing.peek(), speed: raceSpeed.peek(), rate: raceRate.peek() });
}

export const stepOnce = (): void => say({ steps: 1, rate: raceRate.peek() });

/** Another activation goes on with the weights of the one before; another number of lanes begins anew. */
export function changeLanes(): void {
  const specs = racers.peek().map(({ spec }) => spec);
  if (specs.length !== lanes.length) {
    begin();
    return;
  }
  for (const [lane, spec] of specs.entries()) if (spec !== lanes[lane]) say({ lane, spec });
  lanes = specs;
}

export const losses: ReadonlySignal<readonly Curve[]> = computed(() => {
  const { steps, losses: all } = history.value;
  return all.map((y, i) => ({ name: racers.value[i]?.label ?? '', ...styleOf(i), x: steps.map((s) => s + 1), y }));
});

export const legend: ReadonlySignal<readonly Key[]> = computed(() =>
  racers.value.map(({ label }, i): Key => {
    const lane: Lane | undefined = shown.value?.lanes[i];
    return { name: label, ...styleOf(i), value: lane && percent(lane.testAccuracy) };
  }),
);
