import { activationsNamed, type NamedActivation } from '../../console/activation-spec.js';
import { type Chart, chart, type Series } from '../../html/chart.js';
import type { Html } from '../../html/html.js';
import { lineStyle } from '../../html/palette.js';
import { orderCharts } from '../../plots/charts.js';
import { grid } from '../../plots/curves.js';

/** The functions, their derivatives, and how far the two approximate forms of GELU lie from the exact one. */
export function functionCharts(): Html[] {
  const forms = activationsNamed('gelu,gelu:approximate=tanh,gelu:approximate=sigmoid');
  const named = [...forms, ...activationsNamed('relu,elu')];
  const [exact] = forms;
  const value = ({ bound }: NamedActivation, x: number): number => bound.evaluate(0, x);
  const line = (form: NamedActivation, [from, to]: [number, number], y: (x: number) => number): Series => ({
    name: form.label,
    ...lineStyle(forms.indexOf(form)),
    points: grid([from, to], 241).map((x) => [x, y(x)]),
  });
  const charts: Chart[] = [
    ...orderCharts({ named, range: [-4, 3], orders: [0, 1] }, false),
    {
      title: 'What the approximate forms add to the exact one',
      x: 'x',
      y: 'difference',
      height: 240,
      series: forms.slice(1).map((form) => line(form, [-6, 6], (x) => value(form, x) - value(exact, x))),
    },
    {
      title: 'The negative tail, on a logarithmic axis',
      caption: 'The forms are different functions: far out, the approximations lose all relation to the exact tail.',
      x: 'x',
      y: '−f(x)',
      logY: true,
      height: 240,
      series: forms.map((form) => line(form, [-12, -0.1], (x) => -value(form, x))),
    },
  ];
  return charts.map(chart);
}
