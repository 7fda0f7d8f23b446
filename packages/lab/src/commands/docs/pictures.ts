import * as Plot from '@observablehq/plot';
import { gelu } from 'gelu';
import { parseHTML } from 'linkedom';
import { svgFile } from '../../html/chart.js';
import { grid, type Point } from '../../plots/curves.js';
import type { TailCurve } from './tail.js';

const INK = ['--ink', '--soft', '--line', '--card', '--blue', '--orange', '--green', '--violet'] as const;
const LIGHT = ['#1c1e21', '#5d636b', '#e3e4e6', '#ffffff', '#1f5fc4', '#b8530a', '#12805c', '#8447c9'];
const DARK = ['#e7e9ec', '#a2a9b2', '#31353b', '#1b1e22', '#79aefc', '#ff9a56', '#4fc79b', '#c09bff'];
const colours = (values: readonly string[]): string => INK.map((name, i) => `${name}:${values[i]}`).join(';');

const WIDTH = 840;
const HEIGHT = 400;
const LEFT = 56;
const TOP = 60;
const RIGHT = 150;
const BOTTOM = 42;

/** A picture of the README: an SVG with colours of its own, for light and dark. */
function picture(title: string, description: string, options: Plot.PlotOptions): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = Plot.plot({
    document: document as unknown as Document,
    ariaLabel: title,
    ariaDescription: description,
    width: WIDTH,
    height: HEIGHT,
    marginTop: TOP,
    marginLeft: LEFT,
    marginRight: RIGHT,
    marginBottom: BOTTOM,
    style: { background: 'var(--card)', color: 'var(--ink)', fontSize: '14px', fontFamily: 'system-ui, sans-serif' },
    ...options,
  });
  const style = `<style>svg{${colours(LIGHT)}}@media(prefers-color-scheme:dark){svg{${colours(DARK)}}}</style>`;
  const heading = `<text x="14" y="26" text-anchor="start" font-size="17" font-weight="650" fill="currentColor">${title}</text>`;
  return svgFile(svg.outerHTML.replace(/(<svg[^>]*>)/, `$1${style}${heading}`));
}

const line = (points: readonly Point[], stroke: string, more: Plot.LineOptions = {}): Plot.Markish =>
  Plot.line(points, { x: (p: Point) => p[0], y: (p: Point) => p[1], stroke, ...more });

/** Text beside a point: what a line is. */
const label = (text: string, [x, y]: Point, fill: string, more: Plot.TextOptions = {}): Plot.Markish =>
  Plot.text([text], { x: [x], y: [y], text: [text], fill, textAnchor: 'start', dx: 8, fontWeight: 600, ...more });

const PLAIN = { fontWeight: 400 };

/** An x that wanders to and fro through the gate, in SVG's own animation; left out where movement is not wanted. */
function moving(domain: Point, range: Point, phi: (x: number) => number): string {
  const there = grid([-3.6, 2.8], 65);
  const way = [...there, ...[...there].reverse()];
  const px = (v: number): string =>
    (LEFT + ((v - domain[0]) / (domain[1] - domain[0])) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const py = (v: number): string =>
    (HEIGHT - BOTTOM - ((v - range[0]) / (range[1] - range[0])) * (HEIGHT - BOTTOM - TOP)).toFixed(1);
  const animate = (name: string, value: (x: number) => string): string =>
    `<animate attributeName="${name}" dur="12s" repeatCount="indefinite" values="${way.map(value).join(';')}"/>`;
  const dot = (y: (x: number) => number, fill: string): string =>
    `<circle r="6" fill="var(--card)" stroke="${fill}" stroke-width="3">${animate('cx', px)}${animate('cy', (x) => py(y(x)))}</circle>`;
  const bar = (y: (x: number) => number, opacity: number): string =>
    `<line stroke="var(--blue)" stroke-width="7" opacity="${opacity}" y1="${py(0)}">${animate('x1', px)}${animate('x2', px)}${animate('y2', (x) => py(Math.max(range[0], y(x))))}</line>`;
  const style = '<style>@media(prefers-reduced-motion:reduce){.moving{display:none}}</style>';
  return `${style}<g class="moving">${bar((x) => x, 0.14)}${bar((x) => gelu(x), 0.6)}${dot(phi, 'var(--orange)')}${dot((x) => gelu(x), 'var(--blue)')}</g>`;
}

/** The gate: Φ(x), how much of x passes; x·Φ(x) beside ReLU. */
export function gatePicture(): string {
  const x = grid([-4, 3], 281);
  const phi = (v: number): number => (v === 0 ? 0.5 : gelu(v) / v);
  const at = -0.75;
  const value = gelu(at);
  const drawn = picture(
    'GELU lets x through with probability Φ(x)',
    'Φ(x) rises from 0 to 1; x·Φ(x) follows ReLU at both ends and dips to −0.17 at −0.75',
    {
      x: { label: 'x', labelArrow: 'none', labelAnchor: 'center', ticks: 7 },
      y: { label: null, domain: [-0.5, 3], ticks: 7, grid: true },
      marks: [
        Plot.ruleY([0], { stroke: 'var(--soft)', strokeOpacity: 0.5 }),
        Plot.areaY(x, { x: (v: number) => v, y: phi, fill: 'var(--orange)', fillOpacity: 0.13 }),
        line(
          x.map((v): Point => [v, phi(v)]),
          'var(--orange)',
          { strokeWidth: 1.8 },
        ),
        line(
          x.map((v): Point => [v, Math.max(v, 0)]),
          'var(--soft)',
          { strokeDasharray: '5,4', strokeWidth: 1.8 },
        ),
        line(
          x.map((v): Point => [v, gelu(v)]),
          'var(--blue)',
          { strokeWidth: 3 },
        ),
        Plot.link([0], {
          x1: [at],
          x2: [at],
          y1: [phi(at)],
          y2: [value],
          stroke: 'var(--soft)',
          strokeDasharray: '2,3',
        }),
        Plot.dot([at, at], { x: [at, at], y: [phi(at), value], r: 4.5, fill: ['var(--orange)', 'var(--blue)'] }),
        label(`x = −0.75 passes with probability ${(100 * phi(at)).toFixed(1)} %`, [-4, 0.92], 'var(--ink)', PLAIN),
        label(`and is ${minus(value.toFixed(3))} on average`, [-4, 0.74], 'var(--ink)', PLAIN),
        label('Φ(x), the gate', [3, 1], 'var(--orange)'),
        label('x·Φ(x), GELU', [3, 2.96], 'var(--blue)', { dy: 9 }),
        label('max(0, x), ReLU', [3, 3], 'var(--soft)', { dy: -9 }),
      ],
    },
  );
  return drawn.replace('</svg>', `${moving([-4, 3], [-0.5, 3], phi)}</svg>`);
}

const minus = (text: string): string => text.replace('-', '−');

/** A unit in the last place of a result that is wholly wrong: 0 for a normal float32. */
const ALL_DIGITS = 2 ** 24;
const FLOOR = 0.2;
const [FROM, TO] = [-13, 3];
/** How the lines are drawn, and where their names stand. */
const STYLES: readonly { colour: string; dashed?: string; at: Point }[] = [
  { colour: 'var(--blue)', at: [FROM, 1.1] },
  { colour: 'var(--orange)', at: [FROM, 4.5e7] },
  { colour: 'var(--violet)', dashed: '5,4', at: [FROM + 2.9, 4.5e7] },
  { colour: 'var(--green)', at: [FROM, 1.2e5] },
];

/** The errors of implementations over x; the first one is this library. */
export function tailPicture(curves: readonly TailCurve[]): string {
  return picture(
    'The negative tail: ½ ULP here, up to 16 million elsewhere',
    'The error in float32 ULP over x: at most half a ULP for this library; below −5 no digit of TensorFlow.js and ONNX Runtime is right',
    {
      marginRight: 96,
      x: { label: 'x', labelArrow: 'none', labelAnchor: 'center', domain: [FROM, TO], ticks: 9 },
      y: {
        label: null,
        type: 'log',
        domain: [FLOOR, 1e8],
        grid: true,
        ticks: [1, 100, 1e4, 1e6, 1e8],
        tickFormat: (v: number) => (v === 1 ? '1' : v === 100 ? '100' : `10${v === 1e4 ? '⁴' : v === 1e6 ? '⁶' : '⁸'}`),
      },
      marks: [
        Plot.text([0], {
          frameAnchor: 'top-left',
          text: ['error of gelu(x) in float32 ULP'],
          dy: -12,
          fill: 'var(--soft)',
        }),
        Plot.ruleY([ALL_DIGITS], { stroke: 'var(--soft)', strokeDasharray: '2,3' }),
        label('no digit', [TO, ALL_DIGITS], 'var(--soft)', PLAIN),
        ...curves.map(({ points }, i) =>
          line(
            points.filter(([x]) => x >= FROM).map(([x, y]): Point => [x, Math.max(y, FLOOR)]),
            STYLES[i].colour,
            { strokeWidth: i === 0 ? 3 : 1.8, ...(STYLES[i].dashed && { strokeDasharray: STYLES[i].dashed }) },
          ),
        ),
        ...curves.map(({ name }, i) => label(name, STYLES[i].at, STYLES[i].colour)),
      ],
    },
  );
}
