import { chart } from '../html/chart.js';
import { htmlDocument } from '../html/document.js';
import { folded, type Html, html, table } from '../html/html.js';
import { lineStyle } from '../html/palette.js';
import type { ArmSummary } from './outcome.js';
import type { Results } from './results.js';
import { sweepCells, sweepsOf } from './sweep.js';
import {
  armTitle,
  choiceLines,
  METHOD,
  paperFigure,
  rulesHeading,
  settingsText,
  stepCostLines,
  valueText,
} from './text.js';
import { differenceText, powerText } from './verdict.js';

/** The report of a study: one HTML file that loads nothing. */
export function studyReport(results: Results): string {
  const { title, about, share, environment, measures, arms, comparisons, paper, config, failures, trials } = results;
  const groups = [...new Set(arms.map(({ group }) => group))];
  return htmlDocument(
    title,
    html`<header>
<h1>${title}</h1>
${little(results)}<p><b>What was run:</b> ${share}. ${trials.done} of ${trials.planned} trials, ${trials.diverged} of them diverged, ${trials.failed} failed.</p>
<p class="soft">${environment.date.slice(0, 16).replace('T', ' ')} UTC · ${environment.processor}, ${environment.cores} cores · Node ${environment.node}</p>
</header>
<p>${about}</p>

<h2>Medians over the seeds</h2>
${armTable(results)}
${paper ? html`<p class="soft">The paper: ${paper.text}</p>` : ''}
${choiceLines(results).map((line) => html`<p>${line}</p>`)}

<h2>Differences</h2>
<p class="soft">${METHOD}</p>
${table(
  [
    { title: 'measure', text: true },
    { title: 'difference', text: true },
    { title: 'seeds' },
    { title: 'value and interval', text: true },
    { title: 'what seeds can find', text: true },
  ],
  comparisons.map((c) => {
    const measure = measures.find(({ key }) => key === c.measure)!;
    const pair = `${c.a} − ${c.b}${c.group && ` (${c.group})`}`;
    return [measure.title, pair, c.seeds, differenceText(c, measure), powerText(c, measure)];
  }),
)}
<p><b>${rulesHeading(results)}${config.rules ? ':' : '.'}</b></p>
${config.rules ? html`<ul>${config.rules.map((rule) => html`<li>${rule}</li>`)}</ul>` : ''}

${sweep(results)}
${costs(results)}
<h2>Learning curves</h2>
<p class="soft">Medians over the seeds.</p>
${groups.map((group) => html`${group === '' ? '' : html`<h3>${group}</h3>`}<div class="panels">${curves(results, group)}</div>`)}

${failures.length > 0 ? html`<h2>Failed</h2><ul>${failures.map(({ id, reason }) => html`<li>${id}: ${reason}</li>`)}</ul>` : ''}
<h2>This run</h2>
<p class="soft">Each trial's numbers follow from its config.json; the same machine and versions give the same numbers, times apart.</p>
${folded('All settings as JSON', { config, environment })}`,
  );
}

/** Loss over the learning rate, of a study whose groups are rates. */
function sweep({ arms }: Results): Html | string {
  const sweeps = sweepsOf(arms, 'loss');
  if (sweeps.length === 0) return '';
  const rates = sweeps[0].points.map(({ rate }) => ({ title: `rate ${rate}` }));
  return html`<h2>Loss by learning rate</h2>
${table([{ title: 'test loss, median', text: true }, ...rates], sweeps.map(sweepCells))}
${chart({
  title: 'Test loss by learning rate',
  caption: 'Medians over the seeds. The dotted line is an even guess, ln 10; what diverges has no point.',
  x: 'log₁₀ of the learning rate',
  y: 'nats',
  logY: true,
  rules: [Math.log(10)],
  width: 560,
  series: sweeps.map(({ name, points }, i) => ({
    name,
    ...lineStyle(i),
    dots: true,
    points: points.map(({ rate, median }) => [Math.log10(rate), median] as const),
  })),
})}`;
}

/** Of a study that ran little of the whole experiment, that first. */
function little({ share }: Results): Html | string {
  const part = Number(/^([\d.]+) % of its steps/.exec(share)?.[1] ?? 100);
  return part < 10
    ? html`<p class="bad"><b>This is ${part} % of the experiment’s steps: a trial of the machinery and a first impression, no result of the experiment.</b></p>`
    : '';
}

/** The cost of a step, of studies that ask for it. */
function costs({ config: { stepCosts } }: Results): Html | string {
  const [heading, ...lines] = stepCostLines(stepCosts);
  if (lines.length === 0) return '';
  return html`<h2>The cost of a step</h2><p class="soft">${heading}</p><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function armTable(results: Results): Html {
  const { measures, arms, paper } = results;
  const columns = [
    { title: 'arm', text: true },
    { title: 'chosen', text: true },
    ...measures.map(({ title }) => ({ title })),
    ...(paper ? [{ title: 'paper' }] : []),
    { title: 'each seed', text: true, hint: measures[0].title },
    { title: 'ms a step', hint: 'median; not comparable where trials ran beside each other' },
  ];
  const rows = arms.map((arm) => [
    armTitle(arm),
    settingsText(arm.settings),
    ...measures.map((measure) => valueText(arm.medians[measure.key] ?? Number.NaN, measure)),
    ...(paper ? [paperFigure(results, arm)] : []),
    (arm.values[measures[0].key] ?? []).map((value) => valueText(value, measures[0])).join(', '),
    Number.isNaN(arm.msPerStep) ? '–' : arm.msPerStep.toFixed(1),
  ]);
  return table(columns, rows);
}

function curves({ arms, curveTitles, stepsPerEpoch }: Results, group: string): Html[] {
  const drawn = arms.filter((arm) => arm.group === group && Object.keys(arm.curves).length > 0);
  const byEpoch = stepsPerEpoch > 1;
  return curveTitles.map(({ key, title, unit }) =>
    chart({
      title,
      x: byEpoch ? 'epoch' : 'step',
      y: unit,
      logY: true,
      series: drawn.map((arm: ArmSummary, i) => ({
        name: arm.name,
        ...lineStyle(i),
        points: arm.curves[key].map(([step, value]) => [step / stepsPerEpoch, value] as const),
      })),
    }),
  );
}
