import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { Html, html } from './html.js';

/** A line of a chart. */
export interface Series {
  name: string;
  /** A CSS colour; the style names --c-blue, --c-orange, --c-green, --c-violet, --c-grey. */
  color: string;
  dashed?: boolean;
  /** Drawn broader, above the others. */
  strong?: boolean;
  /** Marks each point. */
  dots?: boolean;
  points: readonly (readonly [x: number, y: number])[];
}

export interface Chart {
  title: string;
  caption?: string;
  x: string;
  y: string;
  xDomain?: [number, number];
  yDomain?: [number, number];
  logY?: boolean;
  /** Whole numbers on the x axis, one tick each. */
  integerX?: boolean;
  /** Values of y with a line across. */
  rules?: readonly number[];
  series: readonly Series[];
  width?: number;
  height?: number;
}

/** A figure with an inline SVG and a legend. Points that are not finite interrupt a line; on a log axis, also y ≤ 0. */
export function chart(spec: Chart): Html {
  return html`<figure><h3>${spec.title}</h3>
${legend(spec.series)}
${new Html(chartSvg(spec, { background: 'transparent', color: 'currentColor' }))}
${spec.caption ? html`<figcaption>${spec.caption}</figcaption>` : ''}</figure>
`;
}

/** For charts in files of their own: dark on white. */
export const INK = { background: 'white', color: '#1f2328' } as const;

/** An SVG element as a file. */
export function svgFile(svg: string): string {
  return `${svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"')}\n`;
}

/** Charts of one width below each other, with one legend, as an SVG file. */
export function stackedSvg(charts: readonly Chart[]): string {
  const width = charts[0].width ?? WIDTH;
  const head = 34;
  let y = head;
  const drawn = charts.map((spec) => {
    const svg = chartSvg(spec, INK);
    const at = y + 18;
    y = at + (spec.height ?? HEIGHT) + 8;
    return html`<text x="14" y="${at - 2}" font-size="13" font-weight="600">${spec.title}</text>${new Html(svg.replace('<svg', `<svg x="0" y="${at}"`))}`;
  });
  let x = 14;
  const names = charts[0].series.map((s) => {
    const left = x;
    x += 44 + 7 * s.name.length;
    return html`<path d="M${left} 18h22" stroke="${s.color}" stroke-width="${s.strong ? 3 : 2}"${s.dashed ? new Html(' stroke-dasharray="5 3"') : ''}/><text x="${left + 28}" y="22" font-size="12">${s.name}</text>`;
  });
  const size = `width="${width}" height="${y}" viewBox="0 0 ${width} ${y}"`;
  const body = html`<rect width="100%" height="100%" fill="${INK.background}"/><g fill="${INK.color}" font-family="system-ui, sans-serif">${names}${drawn}</g>`;
  return svgFile(`<svg ${size} role="img" color="${INK.color}">${body.text}</svg>`);
}

const WIDTH = 440;
const HEIGHT = 270;

/** The chart alone, as SVG. */
export function chartSvg(spec: Chart, ink: { background: string; color: string }): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawn = [...spec.series].sort((a, b) => Number(a.strong ?? false) - Number(b.strong ?? false));
  const height = ([, y]: readonly [number, number]): number => (spec.logY && y <= 0 ? Number.NaN : y);
  const svg = Plot.plot({
    document: document as unknown as Document,
    ariaLabel: spec.title,
    width: spec.width ?? WIDTH,
    height: spec.height ?? HEIGHT,
    marginTop: 26,
    marginLeft: 48,
    marginRight: 14,
    marginBottom: 38,
    style: { ...ink, fontSize: '12px' },
    x: {
      label: spec.x,
      labelArrow: 'none',
      labelAnchor: 'center',
      ...(spec.xDomain && { domain: spec.xDomain }),
      ...(spec.integerX && { interval: 1, type: 'linear', tickFormat: 'd' }),
    },
    y: {
      label: spec.y,
      labelArrow: 'none',
      grid: true,
      ...(spec.yDomain && { domain: spec.yDomain }),
      ...(spec.logY ? { type: 'log', ticks: logTicks(spec), tickFormat: plain, clamp: true } : { nice: true }),
    },
    marks: [
      Plot.ruleY(spec.rules ?? [], { stroke: 'currentColor', strokeDasharray: '2,3', strokeOpacity: 0.6 }),
      ...drawn.flatMap((s) => [
        Plot.line(s.points, {
          x: (p: Series['points'][number]) => p[0],
          y: height,
          stroke: s.color,
          strokeWidth: s.strong ? 2.6 : 1.6,
          ...(s.dashed && { strokeDasharray: '5,3' }),
        }),
        ...(s.dots
          ? [Plot.dot(s.points, { x: (p: Series['points'][number]) => p[0], y: height, fill: s.color, r: 3 })]
          : []),
      ]),
    ],
  });
  return svg.outerHTML;
}

function legend(series: readonly Series[]): Html {
  const key = (s: Series): Html =>
    html`<svg viewBox="0 0 22 8" aria-hidden="true"><path d="M0 4H22" fill="none" style="stroke:${s.color}" stroke-width="${s.strong ? 3 : 2}"${s.dashed ? new Html(' stroke-dasharray="5 3"') : ''}/></svg>`;
  return html`<div class="legend">${series.map((s) => html`<span>${key(s)}${s.name}</span>`)}</div>`;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Powers of ten; over less than two decades also 2 and 5 times them. */
function logTicks({ series, yDomain }: Chart): number[] {
  const values =
    yDomain ?? series.flatMap(({ points }) => points.map(([, y]) => y).filter((y) => y > 0 && y < Infinity));
  const low = Math.log10(Math.min(...values));
  const high = Math.log10(Math.max(...values));
  const step = Math.max(1, Math.ceil((high - low) / 8));
  const factors = high - low < 2 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = Math.floor(low); power <= high; power++) {
    if (power % step !== 0) continue;
    for (const factor of factors) ticks.push(Number(`${factor}e${power}`));
  }
  return ticks.filter((tick) => tick >= 10 ** low * 0.999 && tick <= 10 ** high * 1.001);
}

/** 0.02, 1, 500 and 10⁴. */
function plain(value: number): string {
  const power = Math.floor(Math.log10(value) + 1e-9);
  if (power >= -3 && power <= 3) return String(value);
  const digits = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  const factor = Math.round(value / 10 ** power);
  return `${factor === 1 ? '' : `${factor}·`}10${power < 0 ? '⁻' : ''}${digits}`;
}
