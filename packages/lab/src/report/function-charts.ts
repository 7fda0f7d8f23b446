import { type Approximate, gelu, geluDerivative } from 'gelu';
import { chart, type Series } from './chart.js';
import type { Html } from './html.js';

type Real = (x: number) => number;

const relu: Real = (x) => Math.max(x, 0);
const elu: Real = (x) => (x > 0 ? x : Math.expm1(x));
const FORMS: readonly { form: Approximate; name: string; color: string }[] = [
  { form: 'none', name: 'GELU', color: 'var(--c-blue)' },
  { form: 'tanh', name: 'GELU, tanh form', color: 'var(--c-violet)' },
  { form: 'sigmoid', name: 'GELU, sigmoid form', color: 'var(--c-grey)' },
];

/** The functions, their derivatives, and how far the two approximate forms of GELU lie from the exact one. */
export function functionCharts(): Html[] {
  const others: Omit<Series, 'points'>[] = [
    { name: 'ReLU', color: 'var(--c-orange)' },
    { name: 'ELU', color: 'var(--c-green)' },
  ];
  const forms = FORMS.map(({ form, name, color }) => ({
    name,
    color,
    strong: form === 'none',
    dashed: form !== 'none',
  }));
  const panel = (title: string, y: string, ofForm: (form: Approximate) => Real, ofOther: readonly Real[]): Html =>
    chart({
      title,
      x: 'x',
      y,
      series: [
        ...forms.map((style, i) => ({ ...style, points: curve(ofForm(FORMS[i].form), -4, 3) })),
        ...others.map((style, i) => ({ ...style, points: curve(ofOther[i], -4, 3) })),
      ],
    });
  return [
    panel('The functions', 'f(x)', (approximate) => (x) => gelu(x, { approximate }), [relu, elu]),
    panel('Their derivatives', "f'(x)", (approximate) => (x) => geluDerivative(x, { approximate }), [
      (x) => (x > 0 ? 1 : 0),
      (x) => (x > 0 ? 1 : Math.exp(x)),
    ]),
    chart({
      title: 'What the approximate forms add to the exact one',
      x: 'x',
      y: 'difference',
      height: 240,
      series: FORMS.slice(1).map(({ form, name, color }) => ({
        name,
        color,
        points: curve((x) => gelu(x, { approximate: form }) - gelu(x), -6, 6),
      })),
    }),
    chart({
      title: 'The negative tail, on a logarithmic axis',
      caption: 'The forms are different functions: far out, the approximations lose all relation to the exact tail.',
      x: 'x',
      y: '−f(x)',
      logY: true,
      height: 240,
      series: FORMS.map(({ form, name, color }, i) => ({
        name,
        color,
        strong: i === 0,
        points: curve((x) => -gelu(x, { approximate: form }), -12, -0.1),
      })),
    }),
  ];
}

function curve(f: Real, from: number, to: number): [number, number][] {
  const n = 240;
  return Array.from({ length: n + 1 }, (_, i) => {
    const x = from + ((to - from) * i) / n;
    return [x, f(x)];
  });
}
