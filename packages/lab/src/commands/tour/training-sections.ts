import { percent } from '../../console/figures.js';
import { chart, type Series } from '../../html/chart.js';
import { type Html, html, table } from '../../html/html.js';
import { lineStyle } from '../../html/palette.js';
import { ACTIVATIONS } from '../../models/activations.js';
import type { Evaluation, TrainingResult } from './results.js';

const COLORS: Readonly<Record<string, string>> = {
  gelu: 'var(--c-blue)',
  relu: 'var(--c-orange)',
  elu: 'var(--c-green)',
};

export function trainingTable(results: readonly TrainingResult[]): Html {
  const columns = [
    { title: 'activation', text: true },
    { title: 'train loss', hint: 'nats, mean over up to 10,000 of the training images used' },
    { title: 'test loss', hint: 'nats, mean over all test images' },
    { title: 'test error' },
    { title: 'ms a step', hint: 'median' },
    { title: 'gradient, first layer', hint: 'norm for the weights, median of the last 50 steps' },
    { title: 'gradient, last layer', hint: 'norm for the weights, median of the last 50 steps' },
    { title: 'dead units', hint: 'derivative below 0.001 for each of 1,000 test images' },
  ];
  const rows = results.map((r) => [
    html`<span class="${r.activation === 'gelu' ? 'ours' : ''}">${ACTIVATIONS[r.activation].label}</span>`,
    r.train.loss.toFixed(4),
    r.test.loss.toFixed(4),
    `${(100 * r.test.error).toFixed(2)} %`,
    r.msPerStep.toFixed(1),
    r.lastGradientNorms[0].toFixed(3),
    r.lastGradientNorms[r.lastGradientNorms.length - 1].toFixed(3),
    `${(100 * r.deadUnits).toFixed(1)} %`,
  ]);
  const diverged = results.filter(({ divergedAt }) => divergedAt !== null);
  return html`${table(columns, rows)}${diverged.map(
    (r) => html`<p class="bad">${ACTIVATIONS[r.activation].label} diverged at step ${r.divergedAt ?? ''}.</p>`,
  )}`;
}

/** What the dead units say, as a heading: 'GELU keeps 3 % of its units dead, ReLU 25 %'. */
export function deadSentence(results: readonly TrainingResult[]): string {
  if (results.length === 0) return 'Training';
  const shares = results.map((r) => [ACTIVATIONS[r.activation].label, percent(r.deadUnits)] as const);
  const [[first, share], ...others] = shares;
  return `${first} keeps ${share} of its units dead${others.map(([name, other]) => `, ${name} ${other}`).join('')}`;
}

/** Learning curves. */
export function lossCharts(results: readonly TrainingResult[]): Html[] {
  const panel = (title: string, y: string, value: (e: Evaluation) => number): Html =>
    chart({
      title,
      width: 360,
      x: 'step',
      y,
      logY: true,
      series: series(results, (r) => r.curve.map((e) => [e.step, value(e)])),
    });
  return [
    panel('Training loss', 'nats', (e) => e.trainLoss),
    panel('Test loss', 'nats', (e) => e.testLoss),
    panel('Test error', 'per cent', (e) => 100 * e.testError),
  ];
}

/** The norm of the gradient of the weights, layer by layer, at the beginning and at the end of the training. */
export function gradientCharts(results: readonly TrainingResult[]): Html[] {
  const panel = (title: string, norms: (r: TrainingResult) => readonly number[]): Html =>
    chart({
      title,
      x: 'layer',
      y: 'gradient norm',
      logY: true,
      integerX: true,
      series: series(results, (r) => norms(r).map((norm, i) => [i + 1, norm])).map((s) => ({ ...s, dots: true })),
    });
  return [
    panel('Gradient by depth: first step', (r) => r.firstGradientNorms),
    panel('Gradient by depth: last 50 steps', (r) => r.lastGradientNorms),
  ];
}

function series(results: readonly TrainingResult[], points: (r: TrainingResult) => [number, number][]): Series[] {
  return results.map((r, i) => ({
    ...lineStyle(i),
    name: ACTIVATIONS[r.activation].label,
    color: COLORS[r.activation],
    strong: r.activation === 'gelu',
    points: points(r),
  }));
}
