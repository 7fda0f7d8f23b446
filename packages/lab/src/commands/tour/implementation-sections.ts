import { significant } from '../../console/figures.js';
import { chart, type Series } from '../../html/chart.js';
import { type Html, html, table } from '../../html/html.js';
import type { AccuracyResult, Measured, SpeedResult } from '../../implementations/types.js';

/** Errors below this are drawn at it. */
const FLOOR = 0.1;
const COLORS: readonly [word: string, color: string][] = [
  ['this library', 'var(--c-blue)'],
  ['TensorFlow', 'var(--c-orange)'],
  ['jax-js', 'var(--c-green)'],
  ['ONNX', 'var(--c-violet)'],
];
const FORM_TITLES: readonly [form: string, title: string][] = [
  ['none', 'Exact form'],
  ['tanh', 'tanh form'],
  ['sigmoid', 'sigmoid form'],
];

/** The error of each implementation over x, one chart for each form of GELU. */
export function errorCharts(results: readonly AccuracyResult[]): Html[] {
  return FORM_TITLES.map(([form, title]) =>
    chart({
      title,
      x: 'x',
      y: 'error in float32 ULP',
      logY: true,
      yDomain: [FLOOR, 1e8],
      xDomain: [-15, 6],
      rules: [0.5],
      width: 360,
      height: 320,
      series: distinct(results.filter(isFirst).filter((r) => formOf(r) === form)),
    }),
  );
}

/** Further operators of an implementation for the same form (FastGelu beside Gelu) are only in the table. */
function isFirst(result: AccuracyResult, i: number, all: readonly AccuracyResult[]): boolean {
  const same = (r: AccuracyResult): boolean =>
    r.implementation === result.implementation && formOf(r) === formOf(result);
  return all.findIndex(same) === i;
}

/** 'tanh' of 'tanh (FastGelu)' */
function formOf({ form }: AccuracyResult): string {
  return form.split(' ')[0];
}

/** The variants of a framework share a colour; the second and later ones are dashed. */
function distinct(results: readonly AccuracyResult[]): Series[] {
  const used = new Set<string>();
  return results.map(({ implementation, errorCurve: { x, ulp } }) => {
    const color = COLORS.find(([word]) => implementation.includes(word))?.[1] ?? 'var(--c-grey)';
    const dashed = used.has(color);
    used.add(color);
    return {
      name: implementation,
      color,
      dashed,
      strong: implementation.startsWith('gelu (') && !dashed,
      points: x.map((at, i): [number, number] => [at, Math.max(ulp[i], FLOOR)]),
    };
  });
}

export function accuracyTable({ results, missing }: Measured<AccuracyResult>): Html {
  const columns = [
    { title: 'implementation', text: true },
    { title: 'form', text: true },
    { title: 'worst relative', hint: 'largest |y − exact|/|exact| where the exact result is a normal float32' },
    { title: 'at x' },
    { title: 'worst ULP', hint: 'units in the last place of the exact result; 0.5 is correct rounding' },
    { title: '0 from', hint: 'the negative x nearest to 0 whose result is 0 though it should not be' },
    { title: 'tail lost', hint: 'the share of the tail from −15 to 0 that is 0 though it should not be' },
    { title: 'f(−∞)' },
    { title: 'f′ NaN', hint: 'derivatives that are NaN at finite x, of all points' },
    { title: 'f′ ULP', hint: 'worst error of the derivative, in ULP of its larger addend' },
  ];
  const rows = results.map((r) => [
    own(r.implementation),
    r.form,
    significant(r.worstRelative),
    significant(r.worstRelativeAt),
    significant(r.worstUlp),
    r.firstZero === null ? '–' : significant(r.firstZero),
    r.flushedShare === 0 ? '–' : `${(100 * r.flushedShare).toFixed(0)} %`,
    Object.is(r.atMinusInfinity, -0) ? '−0' : significant(r.atMinusInfinity),
    r.gradient === null ? '' : r.gradient.nanCount || '–',
    r.gradient === null ? '' : significant(r.gradient.worstUlpOfLargerAddend),
  ]);
  return html`${table(columns, rows)}${notes(missing)}`;
}

export function speedTable({ results, missing }: Measured<SpeedResult>): Html {
  const columns = [
    { title: 'implementation', text: true },
    { title: 'version', text: true },
    { title: 'form', text: true },
    { title: 'Gelem/s', hint: 'the fastest repeat' },
    { title: 'median' },
    { title: 'of memory copy' },
    { title: '', text: true },
  ];
  const fastest = Math.max(...results.filter(({ ratioToCopy }) => ratioToCopy < 1).map((r) => r.gelemPerSecond));
  const rows = results.map((r) => [
    own(r.implementation),
    r.version,
    r.form,
    r.gelemPerSecond.toFixed(3),
    r.median.toFixed(3),
    `${(100 * r.ratioToCopy).toFixed(1)} %`,
    r.gelemPerSecond > fastest
      ? ''
      : html`<span class="bar" style="width:${((160 * r.gelemPerSecond) / fastest).toFixed(1)}px"></span>`,
  ]);
  return html`${table(columns, rows)}${notes(missing)}`;
}

function own(implementation: string): Html {
  const ours = implementation.includes('this library');
  return html`<span class="${ours ? 'ours' : ''}">${implementation}</span>`;
}

function notes(missing: Measured<unknown>['missing']): Html {
  return html`${missing.map(({ implementation, reason }) => html`<p class="soft">Not measured: ${implementation} (${reason})</p>`)}`;
}
