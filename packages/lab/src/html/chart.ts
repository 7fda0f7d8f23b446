import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { Html, html } from './html.js';
import { type Axis, axisOf } from './ticks.js';

/** A line of a chart. */
export interface Series {
  name: string;
  /** A CSS colour; the style names --c-blue, --c-orange, --c-green, --c-violet, --c-grey. */
  color: string;
  dashed?: boolean;
  /** Lengths of strokes and gaps, as '8 3 2 3'; `dashed` is '5 3'. */
  dash?: string;
  /** Drawn broader, above the others. */
  strong?: boolean;
  /** Marks each point. */
  dots?: boolean;
  points: readonly (readonly [x: number, y: number])[];
  /** A band in the line's colour. */
  band?: readonly (readonly [x: number, low: number, high: number])[];
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

/**
 * A figure with an inline SVG and a legend; nothing where there is no point to draw. Points that are not finite interrupt a
 * line; on a log axis, also y ≤ 0.
 */
export function chart(given: Chart): Html {
  const spec = { ...given, series: given.series.filter((series) => drawable(given, series)) };
  if (spec.series.length === 0) return html``;
  return html`<figure><h3>${spec.title}</h3>
${legend(spec.series)}
${new Html(chartSvg(spec, { background: 'transparent', color: 'currentColor' }, true))}
${spec.caption ? html`<figcaption>${spec.caption}</figcaption>` : ''}</figure>
`;
}

const drawable = ({ logY = false }: Chart, { points }: Series): boolean =>
  points.some(([x, y]) => Number.isFinite(x) && Number.isFinite(y) && (!logY || y > 0));

const dashOf = ({ dash, dashed = false }: Series): string | undefined => dash ?? (dashed ? '5 3' : undefined);

/** For charts in files of their own: dark on white. */
export const INK = { background: 'white', color: '#1f2328' } as const;

/** An SVG element as a file. */
export function svgFile(svg: string): string {
  return `${svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"')}\n`;
}

/** Charts of one width below each other, with one legend, as an SVG file. Those without a point to draw are left out. */
export function stackedSvg(given: readonly Chart[]): string {
  const charts = given.filter((spec) => spec.series.some((series) => drawable(spec, series)));
  const all = charts.length > 0 ? charts : given.slice(0, 1);
  const width = all[0].width ?? WIDTH;
  let [left, line] = [14, 18];
  const names = all[0].series.map((s) => {
    const room = 44 + 7 * s.name.length;
    if (left > 14 && left + room > width) [left, line] = [14, line + 18];
    const [x, y] = [left, line];
    left += room;
    const dash = dashOf(s);
    return html`<path d="M${x} ${y}h22" stroke="${s.color}" stroke-width="${s.strong ? 3 : 2}"${dash ? new Html(` stroke-dasharray="${dash}"`) : ''}/><text x="${x + 28}" y="${y + 4}" font-size="12">${s.name}</text>`;
  });
  let y = line + 16;
  const drawn = all.map((spec) => {
    const svg = chartSvg(spec, INK);
    const at = y + 18;
    y = at + (spec.height ?? HEIGHT) + 8;
    return html`<text x="14" y="${at - 2}" font-size="13" font-weight="600">${spec.title}</text>${new Html(svg.replace('<svg', `<svg x="0" y="${at}"`))}`;
  });
  const size = `width="${width}" height="${y}" viewBox="0 0 ${width} ${y}"`;
  const body = html`<rect width="100%" height="100%" fill="${INK.background}"/><g fill="${INK.color}" font-family="system-ui, sans-serif">${names}${drawn}</g>`;
  return svgFile(`<svg ${size} role="img" color="${INK.color}">${body.text}</svg>`);
}

const WIDTH = 440;
const HEIGHT = 270;

/** The chart alone, as SVG; `live`, as the script of documents needs it. */
export function chartSvg(spec: Chart, ink: { background: string; color: string }, live = false): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawn = [...spec.series].sort((a, b) => Number(a.strong ?? false) - Number(b.strong ?? false));
  const height = ([, value]: readonly [number, number]): number => (spec.logY && value <= 0 ? Number.NaN : value);
  const points = spec.series.flatMap((s) => [
    ...s.points,
    ...(s.band ?? []).flatMap(([at, low, high]) => [[at, low] as const, [at, high] as const]),
  ]);
  const y = axisOf(spec.yDomain ?? [...points.map(height), ...(spec.rules ?? [])], {
    log: spec.logY ?? false,
    nice: !spec.logY && !spec.yDomain,
  });
  const x = axisOf(spec.xDomain ?? points.map(([at]) => at), { integer: spec.integerX ?? false });
  const svg = Plot.plot({
    document: document as unknown as Document,
    ariaLabel: spec.title,
    width: spec.width ?? WIDTH,
    height: spec.height ?? HEIGHT,
    marginTop: 26,
    marginLeft: Math.max(48, 16 + 7 * Math.max(...y.labels.map(({ length }) => length))),
    marginRight: 14,
    marginBottom: 38,
    style: { ...ink, fontSize: '12px' },
    x: {
      label: spec.x,
      labelArrow: 'none',
      labelAnchor: 'center',
      ...scale(x),
    },
    y: {
      label: spec.y,
      labelArrow: 'none',
      grid: true,
      ...scale(y),
      ...(spec.logY && { type: 'log', clamp: true }),
    },
    marks: [
      Plot.ruleY(spec.rules ?? [], { stroke: 'currentColor', strokeDasharray: '2,3', strokeOpacity: 0.6 }),
      ...drawn.flatMap(({ band = [], color }) =>
        Plot.areaY(
          band.filter((b) => b.every(Number.isFinite) && (!spec.logY || b[1] > 0)),
          {
            x: (b: number[]) => b[0],
            y1: (b: number[]) => b[1],
            y2: (b: number[]) => b[2],
            fill: color,
            fillOpacity: 0.16,
          },
        ),
      ),
      ...drawn.flatMap((s) => [
        Plot.line(s.points, {
          x: (p: Series['points'][number]) => p[0],
          y: height,
          stroke: s.color,
          strokeWidth: s.strong ? 2.6 : 1.6,
          ...(dashOf(s) && { strokeDasharray: dashOf(s)! }),
        }),
        ...(s.dots
          ? [Plot.dot(s.points, { x: (p: Series['points'][number]) => p[0], y: height, fill: s.color, r: 3 })]
          : []),
      ]),
    ],
  });
  if (live) answering(svg, spec, drawn);
  svg.setAttribute('role', 'img');
  svg.setAttribute('preserveAspectRatio', 'xMidYMid meet');
  return svg.outerHTML;
}

/** Says which lines are whose and what a place is worth. Marks lose the names that Plot gives them: to readers it is one image. */
function answering(svg: ReturnType<typeof Plot.plot>, spec: Chart, drawn: readonly Series[]): void {
  const groups = [...svg.querySelectorAll('g[aria-label="line"], g[aria-label="dot"]')];
  for (const [i, s] of drawn.flatMap((s) => (s.dots ? [s, s] : [s])).entries())
    groups[i]?.setAttribute('data-series', String(spec.series.indexOf(s)));
  for (const group of svg.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label');
  for (const name of ['x', 'y'] as const) {
    const { domain, range, type } = svg.scale(name)!;
    svg.setAttribute(`data-${name}`, JSON.stringify({ domain, range, log: type === 'log' }));
  }
  svg.setAttribute('data-name', spec.x);
}

function legend(series: readonly Series[]): Html {
  const key = (s: Series): Html =>
    html`<svg viewBox="0 0 22 8" aria-hidden="true"><path d="M0 4H22" fill="none" style="stroke:${s.color}" stroke-width="${s.strong ? 3 : 2}"${dashOf(s) ? new Html(` stroke-dasharray="${dashOf(s)}"`) : ''}/></svg>`;
  return html`<div class="legend">${series.map((s) => html`<span>${key(s)}${s.name}</span>`)}</div>`;
}

/** An axis as Plot takes it. */
function scale({ domain, ticks, labels }: Axis): {
  type: 'linear';
  domain: number[];
  ticks: number[];
  tickFormat: (t: number) => string;
} {
  return { type: 'linear', domain, ticks, tickFormat: (tick) => labels[ticks.indexOf(tick)] ?? '' };
}
