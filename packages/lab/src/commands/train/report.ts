import { significant } from '../../console/figures.js';
import { type Chart, chart, type Series } from '../../html/chart.js';
import { htmlDocument } from '../../html/document.js';
import { environmentFacts } from '../../html/environment.js';
import { code, folded, type Html, html, table } from '../../html/html.js';
import type { Environment } from '../../run/environment.js';
import type { Metric } from '../../run/run-folder.js';
import type { Outcome } from '../../training/train.js';
import { commandLine, type TrainConfig } from './config.js';

const COLORS = ['var(--c-blue)', 'var(--c-orange)', 'var(--c-green)', 'var(--c-violet)'];
/** Points of a curve; of longer ones the means of equal parts are drawn. */
const POINTS = 400;

/** The report of a training: one HTML file that loads nothing. */
export function trainReport(
  config: TrainConfig,
  environment: Environment,
  metrics: readonly Metric[],
  outcome: Outcome,
  written = '',
): string {
  const steps = metrics.filter(({ kind }) => kind === 'step');
  const evaluations = metrics.filter(({ kind }) => kind === 'evaluation');
  const of = (name: string): Series => ({ name, color: COLORS[0], points: thinned(steps, name) });
  const title = titleOf(config, outcome);
  return htmlDocument(
    title,
    html`<header><h1>${title}</h1>
<p class="soft">${environment.date.slice(0, 16).replace('T', ' ')} UTC · ${environment.processor} · Node ${environment.node} · seed ${config.training.seed} · ${outcome.steps} steps${Number.isFinite(outcome.msPerStep) ? ` of ${outcome.msPerStep.toFixed(0)} ms` : ''}</p></header>
${outcome.divergedAt === null ? '' : html`<p class="bad">Diverged at step ${outcome.divergedAt}: the loss or the gradient was not finite.</p>`}
${outcome.missing.steps + outcome.missing.evaluations === 0 ? '' : html`<p class="bad">The metrics of ${outcome.missing.steps} steps and of ${outcome.missing.evaluations} evaluations are lost; the curves lack them.</p>`}
${scores(outcome)}
<h2>Curves</h2>
<div class="panels">
${measures(evaluations).map((measure) => chart(curves(measure, evaluations, steps)))}
${chart({ title: 'Gradient', x: 'step', y: 'norm', logY: true, series: [of('gradientNorm')] })}
${chart({ title: 'Learning rate', x: 'step', y: '', series: [of('rate')] })}
</div>
${written === '' ? '' : html`<h2>What it writes</h2>${code(written, 'Text that the model wrote')}<p class="soft">Drawn at temperature 0.8 with seed 1, from a line break on; <code>gelu-lab sample</code> writes more.</p>`}
<h2>This run</h2>
${code(commandLine(config), 'The command')}
<p class="soft">The same command gives the same metrics.jsonl on the same machine and versions.</p>
${environmentFacts(environment)}
${folded('All settings as JSON', config)}`,
  );
}

/** 'gpt with gelu: loss 1.52 on validation after 2,000 steps' */
function titleOf({ model, options }: TrainConfig, { final, steps }: Outcome): string {
  const [split, values] = Object.entries(final).at(-1) ?? [];
  const [name, value] = Object.entries(values ?? {})[0] ?? [];
  const found =
    value === undefined ? '' : `: ${name} ${significant(value)} on ${split} after ${steps.toLocaleString('en')} steps`;
  return `${model} with ${options.activation}${found}`;
}

function scores({ final }: Outcome): Html {
  const splits = Object.entries(final);
  const names = [...new Set(splits.flatMap(([, values]) => Object.keys(values)))];
  const cell = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(4));
  return table(
    [{ title: 'at the end', text: true }, ...names.map((title) => ({ title }))],
    splits.map(([split, values]) => [split, ...names.map((name) => cell(values[name]))]),
  );
}

function measures(evaluations: readonly Metric[]): string[] {
  const known = ['kind', 'step', 'split', 'thorough'];
  return [...new Set(evaluations.flatMap((metric) => Object.keys(metric)))].filter((name) => !known.includes(name));
}

function curves(measure: string, evaluations: readonly Metric[], steps: readonly Metric[]): Chart {
  const splits = [...new Set(evaluations.map(({ split }) => String(split)))];
  const series: Series[] = splits.map((split, i) => ({
    name: split,
    color: COLORS[i % COLORS.length],
    strong: true,
    dots: true,
    points: evaluations
      .filter((metric) => metric.split === split && metric[measure] !== undefined)
      .map((metric): [number, number] => [Number(metric.step), Number(metric[measure])]),
  }));
  const batches: Series[] =
    measure === 'loss' ? [{ name: 'batches', color: 'var(--c-grey)', points: thinned(steps, 'loss') }] : [];
  return { title: measure, x: 'step', y: '', logY: measure !== 'error', series: [...batches, ...series] };
}

function thinned(steps: readonly Metric[], name: string): [number, number][] {
  const size = Math.ceil(steps.length / POINTS);
  return Array.from({ length: Math.ceil(steps.length / size) || 0 }, (_, i) => {
    const part = steps.slice(i * size, (i + 1) * size);
    return [
      Number(part[part.length - 1].step),
      part.reduce((sum, metric) => sum + Number(metric[name]), 0) / part.length,
    ];
  });
}
