import type { LayerFlow } from '../../flow/measure.js';
import type { FlowResults, Trial } from '../../flow/results.js';
import { settingName } from '../../flow/summary.js';
import { type Chart, chart } from '../../html/chart.js';
import { htmlDocument } from '../../html/document.js';
import { environmentFacts } from '../../html/environment.js';
import { code, folded, type Html, html, table } from '../../html/html.js';
import { lineStyle } from '../../html/palette.js';
import { commandLine } from './config.js';
import { cells, tables } from './table.js';

/** The report of a flow run: one HTML file that loads nothing. */
export function flowReport(results: FlowResults): string {
  const { config, environment, trials, complete } = results;
  const { thresholds, band } = config;
  return htmlDocument(
    'GELU lab: flow through depth',
    html`<header>
<h1>What reaches the ends of a deep stack</h1>
<p class="soft">${environment.date.slice(0, 16).replace('T', ' ')} UTC · seed ${config.seed}${complete ? '' : ' · interrupted: not all was measured'}</p>
</header>
<p>Dense layers without biases, y = f(W·x); with “residual” x + f(W·x), with “layer norm” the weights are given the normalized x. The input is normal with variance 1, ${config.batch} examples. Backward, a random gradient of variance 1 is put in at the top. All activations share weights, inputs and gradients. Nothing is trained: this is the state in which a training would start.</p>
${tables(trials).map(([name, rows]) => section(name, rows, trials))}
<h2>What is measured</h2>
<dl class="facts">
<dt>output, gradient</dt><dd>root mean square over batch and units: of a layer's output, and of the gradient with respect to it. They have vanished below ${band[0]} and exploded above ${band[1]}; the layer where that happens first is given, for the gradient coming from the top.</dd>
<dt>Jacobian</dt><dd>the largest singular value of the derivative of the output with respect to the input, by power iteration; the median over some inputs</dd>
<dt>dead</dt><dd>share of units with |f'| below ${thresholds.dead} on every example of the batch, mean over the layers</dd>
<dt>saturated</dt><dd>share of units with |f'| below ${thresholds.saturated} on at least ${100 * thresholds.most} % of the batch, mean over the layers</dd>
<dt>rank</dt><dd>effective rank: exp of the entropy of the singular values of the outputs [batch, width]; 1 if all examples have become parallel</dd>
</dl>
<h2>This run</h2>
${code(commandLine(config), 'The command')}
${environmentFacts(environment)}
${folded('All settings as JSON', { ...config, histogramBins: undefined })}`,
  );
}

function section(name: string, rows: Parameters<typeof cells>[0][], trials: readonly Trial[]): Html {
  const columns = [
    'activation',
    'output',
    'gradient',
    'Jacobian',
    'dead',
    'saturated',
    'rank',
    'output leaves',
    'gradient leaves',
  ];
  const drawn = trials.filter((trial) => trial.draw === 1 && settingName(trial) === name);
  const byLayer = (title: string, y: string, value: (l: LayerFlow) => number, more: Partial<Chart> = {}): Html =>
    depthChart(drawn, { title, y, ...more }, (t) => t.layers.map((l) => [l.depth, value(l)]));
  const percent: Partial<Chart> = { yDomain: [0, 100] };
  return html`<h2>${name[0].toUpperCase()}${name.slice(1)}</h2>
${table(
  columns.map((title, i) => ({ title, text: i === 0 || i > 6 })),
  rows.map(cells),
)}
<div class="panels">
${byLayer('Output by depth', 'root mean square', (l) => l.activationRms, { logY: true })}
${byLayer('Gradient by depth', 'root mean square', (l) => l.gradientRms, { logY: true })}
${depthChart(drawn, { title: 'Largest singular value of the Jacobian', y: 'σ', logY: true, dots: true }, (t) => t.jacobians.map((j) => [j.depth, j.largestSingularValue]))}
${byLayer('Effective rank of the outputs', 'rank', (l) => l.effectiveRank)}
${byLayer('Dead units', 'per cent', (l) => 100 * l.dead, percent)}
${byLayer('Saturated units', 'per cent', (l) => 100 * l.saturated, percent)}
</div>
<h3>Distributions by depth</h3>
<div class="panels three">
${drawn.flatMap((t) => [distribution(t, 'outputs', 'activationHistogram'), distribution(t, 'gradients', 'gradientHistogram')])}
</div>`;
}

function depthChart(
  trials: readonly Trial[],
  { dots = false, ...spec }: Partial<Chart> & { title: string; y: string; dots?: boolean },
  points: (trial: Trial) => [number, number][],
): Html {
  const series = trials.map((t, i) => ({ name: t.label, ...lineStyle(i), dots, points: points(t) }));
  return chart({ ...spec, x: 'layer', series });
}

/** The histograms of some layers, as lines. */
function distribution(trial: Trial, what: string, key: 'activationHistogram' | 'gradientHistogram'): Html {
  const depths = [...new Set([1, Math.ceil(trial.depth / 4), Math.ceil(trial.depth / 2), trial.depth])];
  return chart({
    title: `${trial.label}: ${what}`,
    x: 'value / root mean square',
    y: 'share',
    width: 340,
    height: 200,
    series: depths.map((depth, i) => ({
      name: `layer ${depth}`,
      ...lineStyle(i),
      points: trial.layers[depth - 1][key].map((share, bin) => [-3.9 + bin / 5, share]),
    })),
  });
}
