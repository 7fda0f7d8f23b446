import { activationNamed } from '../../console/activation-spec.js';
import { significant } from '../../console/figures.js';
import { scaleOf } from '../../flow/gain.js';
import type { LayerFlow } from '../../flow/measure.js';
import { commandLine } from '../../flow/options.js';
import type { FlowResults, Trial } from '../../flow/results.js';
import { type Summary, settingName, summarize } from '../../flow/summary.js';
import { type Chart, chart } from '../../html/chart.js';
import { htmlDocument } from '../../html/document.js';
import { environmentFacts } from '../../html/environment.js';
import { code, folded, type Html, html, table } from '../../html/html.js';
import { lineStyle } from '../../html/palette.js';
import { phaseStrip } from '../../html/phase-strip.js';
import { median } from '../../numbers/statistics.js';
import { cells, tables } from './table.js';
import { decision, stripsOf, THEORY_HEADINGS, theoryCells } from './theory-text.js';

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
<p>Dense layers, y = f(W·x + b), biases b only at the critical gain; with “residual” x + f(W·x + b), with “layer norm” the weights are given the normalized x. The input is normal, ${config.batch} examples, with variance 1, or, where the gain is a word, such that the first layer is given variance 1. Backward, a random gradient of variance 1 is put in at the top. All activations share weights, inputs and gradients. Nothing is trained: this is the state in which a training would start.</p>
${strips(trials)}
${tables(trials).map(([name, rows]) => section(name, rows, trials))}
<h2>What is measured</h2>
<dl class="facts">
<dt>output, gradient</dt><dd>root mean square over batch and units: of a layer's output, and of the gradient with respect to it. They have vanished below ${band[0]} and exploded above ${band[1]}; the layer where that happens first is given, for the gradient coming from the top.</dd>
<dt>theory</dt><dd>mean-field theory, for infinite width (Poole et al. 2016; Schoenholz et al. 2017): each layer's variances by quadrature. Dashed lines are theory, lines are medians over the ${config.draws} draws, bands reach from the least to the largest of them: what finite width adds.</dd>
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

/** What becomes of a signal by gain, for plain stacks, with the gains that were used. */
function strips(trials: readonly Trial[]): Html | string {
  const plain = summarize(trials).filter(({ residual, layerNorm }) => !residual && !layerNorm);
  if (plain.length === 0) return '';
  const { depth } = plain[0];
  const used = ({ activation, gain, initialization }: Summary): number =>
    scaleOf(gain, initialization, activationNamed(activation).bound).weightStd;
  const rows = stripsOf(plain.filter((row) => row.depth === depth)).map((row) => ({
    ...row,
    marks: plain.filter(({ label }) => label === row.label).map(used),
  }));
  const title = `A signal of variance 1 in ${depth} layers, by gain: standard deviation of the weights times √inputs`;
  return html`<h2>Which gain keeps a signal</h2>${phaseStrip(title, rows)}`;
}

/** 'the signal ends at 0.0021 with GELU, 0.6 with ReLU' */
function ends(rows: readonly Summary[]): string {
  const each = rows.slice(0, 3).map(({ label, activationRms }) => `${significant(activationRms)} with ${label}`);
  return `the signal ends at ${each.join(', ')}`;
}

function section(name: string, rows: Summary[], trials: readonly Trial[]): Html {
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
  const all = trials.filter((trial) => settingName(trial) === name);
  const drawn = all.filter((trial) => trial.draw === 1);
  const byLayer = (title: string, y: string, value: (l: LayerFlow) => number, more: Partial<Chart> = {}): Html =>
    depthChart(drawn, { title, y, ...more }, (t) => t.layers.map((l) => [l.depth, value(l)]));
  const percent: Partial<Chart> = { yDomain: [0, 100] };
  return html`<h2>${name[0].toUpperCase()}${name.slice(1)}: ${ends(rows)}</h2>
${table(
  columns.map((title, i) => ({ title, text: i === 0 || i > 6 })),
  rows.map(cells),
  `Measured: ${name}`,
)}
<h3>Theory beside measurement</h3>
${table(
  THEORY_HEADINGS.map((title, i) => ({ title, text: i === 0 })),
  rows.map(theoryCells),
  `Theory: ${name}`,
)}
<ul>${rows.flatMap(decision).map((line) => html`<li>${line}</li>`)}</ul>
<div class="panels">
${besideTheory(all, 'Output by depth', 'activationRms')}
${besideTheory(all, 'Gradient by depth', 'gradientRms')}
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

/** Medians over the draws with their range, and the curve of theory, dashed. */
function besideTheory(trials: readonly Trial[], title: string, key: 'activationRms' | 'gradientRms'): Html {
  const firsts = trials.filter(({ draw }) => draw === 1);
  const series = firsts.flatMap((first, i) => {
    const draws = trials.filter(({ activation }) => activation === first.activation);
    const { color, strong } = lineStyle(i);
    const at = (layer: number): number[] => draws.map(({ layers }) => layers[layer][key]);
    const line = { name: first.label, color, ...(strong && { strong }) };
    return [
      {
        ...line,
        points: first.layers.map(({ depth }, layer) => [depth, median(at(layer))] as const),
        band: first.layers.map(({ depth }, layer) => [depth, Math.min(...at(layer)), Math.max(...at(layer))] as const),
      },
      {
        name: `${first.label}, theory`,
        color,
        dashed: true,
        points: first.theory[key].map((value, layer) => [layer + 1, value] as const),
      },
    ];
  });
  return chart({ title, x: 'layer', y: 'root mean square', logY: true, series });
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
