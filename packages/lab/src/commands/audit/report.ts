import { chart, type Series } from '../../html/chart.js';
import { htmlDocument } from '../../html/document.js';
import { environmentFacts } from '../../html/environment.js';
import { code, folded, Html, html, table } from '../../html/html.js';
import { lineStyle } from '../../html/palette.js';
import { auditBadge } from './badge.js';
import { marked, verdict } from './levels.js';
import type { Measures } from './measure.js';
import type { AuditConfig, AuditResult } from './result.js';
import { rangeRows, subnormalsText } from './text.js';

/** Errors below this are drawn at it. */
const FLOOR = 0.1;
const CEILING = 1e9;

/** The report of an audit: one HTML file that loads nothing. */
export function auditReport(result: AuditResult): string {
  const { implementation, version, form, config, checks, passed, speed, value, gradient, environment } = result;
  const rows = checks.map((check) => [
    html`<span class="${verdict(check) === 'FAIL' ? 'bad' : ''}">${marked(check)}</span>`,
    check.of,
    check.name,
    check.found,
    check.wanted,
  ]);
  const ranges = rangeRows(value.ranges, gradient?.ranges);
  return htmlDocument(
    `GELU lab: audit of ${implementation}`,
    html`<header>
<h1>${implementation}: ${passed ? 'passed' : 'failed'} at level ${config.level}</h1>
<p class="soft">${version} · form ${form} · ${value.points.toLocaleString('en')} float32 inputs · seed ${config.seed} · ${environment.date.slice(0, 16).replace('T', ' ')} UTC</p>
<p class="soft">Subnormal numbers: ${subnormalsText(result)}.</p>
</header>
<h2>Checks</h2>
${table(
  ['', 'of', 'check', 'found', 'asked for'].map((title) => ({ title, text: true })),
  rows,
)}
${meanings(checks)}
<h2>The function</h2>
<div class="panels">${functionCharts(result)}</div>
<h2>Error over x</h2>
<p>Against the definition of the form in float64, the worst in each of 300 intervals, in float32 units in the last place. At 0.5 is what correct rounding allows. The error of the gradient is in ULP of the larger of its two addends, since the sum is 0 near −0.75.</p>
<div class="panels">${curveChart('The function', value)}${gradient ? curveChart('The gradient', gradient) : ''}</div>
<h2>Error over all magnitudes</h2>
<div class="panels">${exponentChart('The function', value)}${gradient ? exponentChart('The gradient', gradient) : ''}</div>
<h2>By range</h2>
${table(
  ranges[0].map((title, i) => ({ title, text: i === 0 })),
  ranges.slice(1),
)}
<h2>Speed</h2>
<p>${speed ? `${speed.gelemPerSecond.toFixed(3)} · 10⁹ elements a second on one thread, ${(100 * speed.ratioToCopy).toFixed(1)} % of a memory copy, over ${config.elements.toLocaleString('en')} elements.` : 'Not measured.'}</p>
<h2>Badge</h2>
<p>${new Html(auditBadge(result))} is badge.svg beside this report, for a README.</p>
<h2>This run</h2>
${code(auditLine(config), 'The command')}
${environmentFacts(environment)}
${folded('All settings as JSON', config)}`,
  );
}

/** The command that measures the same again. */
export function auditLine({ target, form, gradient, level, points, seed, elements }: AuditConfig): string {
  const chosen = [form && `--form ${form}`, gradient && `--gradient ${gradient}`].filter(Boolean);
  const settings = [`--level ${level}`, `--points ${points}`, `--seed ${seed}`, `--elements ${elements}`];
  return ['npx gelu-lab audit', /[^\w./:#@-]/.test(target) ? `'${target}'` : target, ...chosen, ...settings].join(' ');
}

/** What each check means, by its name. */
const MEANINGS: Readonly<Record<string, string>> = {
  'worst error':
    'The largest distance from the exact result, in units in the last place (ULP): 0.5 is correct rounding, 1 is one float32 off.',
  'beyond 10⁻⁵ + 1.3·10⁻⁶·|exact|':
    'Inputs at which PyTorch’s assert_close, with its defaults for float32, would fail.',
  'NaN or ∞ where finite': 'Inputs whose exact result is a finite float32, but which give NaN or ∞.',
  'flushed to 0': 'Inputs that give 0 although the exact result is a normal float32: the tail is lost.',
  'wrong sign': 'Inputs whose result has the opposite sign of the exact one.',
  'steps against the slope':
    'Between neighbouring inputs the result moves against the exact function: a rising stretch that falls, or the reverse. The largest such step.',
  'f(x) − f(−x) = x': 'An identity of GELU; the largest deviation from it over inputs that were tried with both signs.',
  'special values': '0, −0, ∞, −∞, NaN and the largest float32 of either sign.',
};

function meanings(checks: AuditResult['checks']): Html {
  const names = [...new Set(checks.map(({ name }) => name))].filter((name) => Object.hasOwn(MEANINGS, name));
  return html`<details><summary>What the checks mean</summary><dl class="facts">${names.map((name) => html`<dt>${name}</dt><dd>${MEANINGS[name]}</dd>`)}</dl></details>`;
}

const clamped = (ulp: number): number => Math.min(Math.max(ulp, FLOOR), CEILING);

/** What was computed beside the definition, and the difference, since the two curves mostly lie on each other. */
function functionCharts({ value: { drawn } }: AuditResult): Html[] {
  const line = (i: number, name: string, at: (point: Measures['drawn'][number]) => number): Series => ({
    name,
    ...lineStyle(i),
    points: drawn.map((point) => [point[0], at(point)] as const),
  });
  const results = [line(0, 'found', ([, actual]) => actual), line(1, 'exact', ([, , exact]) => exact)];
  return [
    chart({ title: 'What it computes', x: 'x', y: 'f(x)', series: results }),
    chart({
      title: 'Difference from the exact result',
      x: 'x',
      y: 'found − exact',
      series: [line(0, 'found − exact', ([, actual, exact]) => actual - exact)],
    }),
  ];
}

function curveChart(title: string, { curve }: Measures): Html {
  return chart({
    title,
    x: 'x',
    y: 'ULP',
    logY: true,
    yDomain: [FLOOR, CEILING],
    xDomain: [-15, 6],
    rules: [0.5],
    series: [
      {
        name: 'worst error',
        color: 'var(--c-blue)',
        points: curve.x.map((x, i) => [x, clamped(curve.ulp[i])] as const),
      },
    ],
  });
}

function exponentChart(title: string, { byExponent }: Measures): Html {
  const points = (side: [number, number][]): [number, number][] =>
    side.map(([exponent, ulp]) => [exponent, clamped(ulp)]);
  return chart({
    title,
    x: 'log₂ |x|',
    y: 'ULP',
    logY: true,
    yDomain: [FLOOR, CEILING],
    rules: [0.5],
    series: [
      { name: 'x < 0', color: 'var(--c-orange)', points: points(byExponent.negative) },
      { name: 'x > 0', color: 'var(--c-blue)', dashed: true, points: points(byExponent.positive) },
    ],
  });
}
