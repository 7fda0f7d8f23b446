import { significant } from '../../console/figures.js';
import { htmlDocument } from '../../html/document.js';
import { environmentFacts } from '../../html/environment.js';
import { code, folded, type Html, html } from '../../html/html.js';
import type { AccuracyResult, Measured, SpeedResult } from '../../implementations/types.js';
import { ACTIVATIONS } from '../../models/activations.js';
import type { Environment } from '../../run/environment.js';
import { commandLine, share, type TourConfig } from './config.js';
import { functionCharts } from './function-charts.js';
import { accuracyTable, errorCharts, speedTable } from './implementation-sections.js';
import type { TrainingResult } from './results.js';
import { deadSentence, gradientCharts, lossCharts, trainingTable } from './training-sections.js';

/** All that the tour found. */
export interface TourFindings {
  config: TourConfig;
  environment: Environment;
  example: string;
  accuracy: Measured<AccuracyResult>;
  speed: Measured<SpeedResult>;
  training: TrainingResult[];
}

/** The report of a tour: one HTML file that loads nothing. */
export function tourReport(found: TourFindings): string {
  const { config, environment, accuracy, speed, training } = found;
  return htmlDocument(
    'GELU tour',
    html`<header>
<h1>GELU: exactness, speed, and what it does to a network</h1>
<p class="soft">${environment.date.slice(0, 16).replace('T', ' ')} UTC · ${environment.processor}, ${environment.cores} cores · Node ${environment.node} · seed ${config.seed}</p>
${tiles(found)}
</header>
${code(found.example, 'An example')}

<h2>The function</h2>
<p>GELU is x·Φ(x): the input times the probability that a standard normal number is below it. The tanh and sigmoid forms are older approximations of it that many models are trained with.</p>
<div class="panels">${functionCharts()}</div>

<h2>${accuracySentence(accuracy.results)}</h2>
<p>Each implementation at the same ${config.accuracy.points.toLocaleString('en')} float32 inputs, against the definition of its own form in float64. The lines show the worst error in each of 300 intervals, in units in the last place; the dotted line at 0.5 is what correct rounding allows.</p>
<div class="panels three">${errorCharts(accuracy.results)}</div>
${accuracyTable(accuracy)}

<h2>Speed</h2>
<p>${config.speed.elements.toLocaleString('en')} float32 elements on one thread, taking turns, the best of ${config.speed.repeats} rounds, in 10⁹ elements a second.</p>
${speedTable(speed)}

<h2>${deadSentence(training)}</h2>
<p>MNIST with a fully connected network, ${layers(config)}, as in the paper that introduced GELU: unit-norm weights, Adam at ${config.training.learningRate}, batches of ${config.training.batch}. All activations start from the same weights and see the same batches: ${share(config.training)}.</p>
${trainingTable(training)}
<div class="panels three">${lossCharts(training)}</div>
<div class="panels">${gradientCharts(training)}</div>
<p class="soft">The curves are measured on 2,000 training and 2,000 test images, the table on 10,000 of each. A unit counts as dead when the derivative of its activation is below 0.001 in magnitude for every one of 1,000 test images. One run with one seed shows how training goes; it does not rank activations that lie this close together.</p>

<h2>This run</h2>
${code(commandLine(config), 'The command')}
<p class="soft">The same seed, images and steps give the same numbers on the same versions; only times differ.</p>
${environmentFacts(environment)}
${folded('All settings as JSON', config)}`,
  );
}

/** The worst error of the exact forms, ours beside the best and the worst of others. */
function accuracySentence(results: readonly AccuracyResult[]): string {
  const worst = (found: readonly AccuracyResult[]): number[] =>
    found.map(({ worstUlp }) => worstUlp).sort((a, b) => a - b);
  const exact = results.filter(({ form }) => form.split(' ')[0] === 'none');
  const isOurs = ({ implementation }: AccuracyResult): boolean => implementation.includes('this library');
  const [ours, others] = [worst(exact.filter(isOurs)), worst(exact.filter((r) => !isOurs(r)))];
  if (ours.length === 0 || others.length === 0) return 'Accuracy';
  const ulps = (x: number): string => (x === Infinity ? 'NaN' : significant(x));
  return `This library is within ${ulps(ours[ours.length - 1])} ULP of the exact form, others are ${ulps(others[0])} to ${ulps(others[others.length - 1])} off`;
}

function tiles({ accuracy, training }: TourFindings): Html {
  const ours = accuracy.results.find(({ implementation }) => implementation.includes('this library'));
  const tile = (figure: string, what: string): Html =>
    html`<div class="tile"><b>${figure}</b><span>${what}</span></div>`;
  return html`<div class="tiles">
${ours ? tile(`${ours.worstUlp.toFixed(3)} ULP`, 'worst error of this library, exact form, float32') : ''}
${testErrors(training)}
</div>`;
}

/** One tile for all: a single seed does not rank them. */
function testErrors(training: readonly TrainingResult[]): Html | string {
  if (training.length === 0) return '';
  const errors = training.map((r) => 100 * r.test.error);
  const [least, most] = [Math.min(...errors).toFixed(1), Math.max(...errors).toFixed(1)];
  const names = training.map((r) => ACTIVATIONS[r.activation].label).join(', ');
  return html`<div class="tile"><b>${least === most ? least : `${least} to ${most}`} %</b><span>test error with ${names}: one seed, which does not rank them</span></div>`;
}

function layers({ training: { network: n } }: TourConfig): string {
  return `${n.inputs} – ${n.hidden} × ${n.width} – ${n.classes}`;
}
