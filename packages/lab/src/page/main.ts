/** The web page, in the browser: draws everything anew when a control changes. */
import { activationNamed, activationsNamed, type NamedActivation } from '../console/activation-spec.js';
import type { Initialization } from '../flow/initialization.js';
import { type Chart, chart } from '../html/chart.js';
import { factTable } from '../html/facts.js';
import { table } from '../html/html.js';
import { orderCharts } from '../plots/charts.js';
import { stochasticChart, tailChart } from './charts.js';
import { chooser } from './chooser.js';
import { flowCharts, measureFlow } from './flow-demo.js';

const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const field = (form: string, name: string): HTMLInputElement =>
  element<HTMLFormElement>(form).elements.namedItem(name) as HTMLInputElement;
const show = (id: string, ...parts: { text: string }[]): void => {
  element(id).innerHTML = parts.map(({ text }) => text).join('');
};

/** The width of a chart: on a phone less than elsewhere, so that its letters stay readable. */
const fitted = (id: string, most = 440): number => Math.min(most, Math.max(300, element(id).clientWidth - 34));

const showCharts = (id: string, charts: readonly Chart[]): void =>
  show(id, ...charts.map((spec) => chart({ ...spec, width: fitted(id) })));

let named: NamedActivation[] = [];
let seed = 1;
let flowNumber = 0;

/** The activations in the address, or those that the page begins with. */
function initial(): NamedActivation[] {
  try {
    return activationsNamed(decodeURIComponent(location.hash.slice(1)) || 'gelu,relu,elu');
  } catch {
    return activationsNamed('gelu,relu,elu');
  }
}

function choose(specs: readonly string[]): void {
  try {
    named = specs.map(activationNamed);
    element('problem').textContent = '';
  } catch (error) {
    element('problem').textContent = (error as Error).message;
    return;
  }
  history.replaceState(null, '', `#${encodeURIComponent(specs.join(','))}`);
  drawFunctions();
  void drawFlow();
}

function drawFunctions(): void {
  if (named.length === 0) {
    show('functions');
    show('facts');
    return;
  }
  const reach = Number(field('range', 'reach').value);
  showCharts('functions', orderCharts({ named, range: [-reach, reach], orders: [0, 1, 2] }, false));
  const columns = ['', ...named.map(({ label }) => label)].map((title) => ({ title, text: true }));
  show('facts', table(columns, factTable(named.map(({ bound }) => bound))));
}

function drawStochastic(): void {
  const draws = Math.round(10 ** Number(field('draws', 'draws').value));
  field('draws', 'draws-shown').value = String(draws);
  const { distance, ...spec } = stochasticChart(draws, seed, fitted('stochastic', 720));
  show('stochastic', chart({ ...spec, caption: `Largest distance from GELU: ${distance.toPrecision(2)}` }));
}

/** In slices of time, so that the page answers; a newer call ends an older one. */
async function drawFlow(): Promise<void> {
  const number = ++flowNumber;
  const value = (name: string): string => field('flow-choices', name).value;
  const steps = measureFlow({
    named,
    depth: Number(value('depth')),
    width: Number(value('width')),
    init: value('init') as Initialization,
    gain: Number(value('gain')),
    residual: field('flow-choices', 'residual').checked,
    normalize: field('flow-choices', 'normalize').checked,
  });
  const drawn = named;
  let until = performance.now() + 12;
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    if (performance.now() < until) continue;
    element<HTMLProgressElement>('flow-progress').value = step.value;
    await new Promise((resolve) => setTimeout(resolve));
    if (number !== flowNumber) return;
    until = performance.now() + 12;
  }
  element<HTMLProgressElement>('flow-progress').value = 1;
  showCharts('flow', flowCharts(drawn, step.value));
}

const drawTail = (): void =>
  show('tail', chart(tailChart(field('tail-choices', 'type').value as 'float32' | 'float64', fitted('tail', 720))));

/** Calls `draw` after an input to the form, its sliders' values shown. */
function onInput(id: string, draw: () => void): void {
  const form = element<HTMLFormElement>(id);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', ({ target }) => {
    const { name, value } = target as HTMLInputElement;
    const output = form.elements.namedItem(`${name}-shown`) as HTMLOutputElement | null;
    if (output) output.value = value;
    draw();
  });
}

const start = initial();
chooser(
  element('chooser'),
  start.map(({ bound }) => bound),
  choose,
);
onInput('range', drawFunctions);
onInput('draws', drawStochastic);
onInput('flow-choices', () => void drawFlow());
onInput('tail-choices', drawTail);
field('draws', 'again').addEventListener('click', () => {
  seed++;
  drawStochastic();
});
choose(start.map(({ spec }) => spec));
drawStochastic();
drawTail();
