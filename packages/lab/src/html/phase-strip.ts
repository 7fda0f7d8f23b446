import { type Html, html } from './html.js';

/** What becomes of a signal at each of rising gains. */
export interface PhaseRow {
  label: string;
  strip: readonly { gain: number; fate: 'dies' | 'keeps' | 'grows' }[];
  /** Gains that are pointed at. */
  marks: readonly number[];
}

const COLORS = { dies: 'var(--c-grey)', keeps: 'var(--c-green)', grows: 'var(--c-orange)' } as const;
/** Told apart without colours too: heights from the ground up. */
const HEIGHTS = { dies: 4, keeps: 9, grows: 16 } as const;

const [LEFT, CELL, ROW] = [150, 13, 26];

/** Phases by gain as a figure, a row for each activation: low bars die, middle ones keep, high ones grow; triangles are the gains in use. */
export function phaseStrip(title: string, rows: readonly PhaseRow[]): Html {
  const [{ strip }] = rows;
  const [first, last] = [strip[0].gain, strip[strip.length - 1].gain];
  const x = (gain: number): number => LEFT + CELL * (0.5 + ((gain - first) / (last - first)) * (strip.length - 1));
  const [width, height] = [LEFT + CELL * strip.length + 8, ROW * rows.length + 26];
  const ticks = [0, 10, 20, 30, 40].filter((i) => i < strip.length).map((i) => strip[i].gain);
  return html`<figure><h3>${title}</h3>
<div class="legend">${(['dies', 'keeps', 'grows'] as const).map((fate) => html`<span><svg viewBox="0 0 22 16" aria-hidden="true"><rect x="4" y="${16 - HEIGHTS[fate]}" width="12" height="${HEIGHTS[fate]}" style="fill:${COLORS[fate]}"/></svg>${fate}</span>`)}</div>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}" font-size="12" fill="currentColor">
${rows.map((row, i) => {
  const ground = ROW * (i + 1) - 2;
  return html`<text x="${LEFT - 10}" y="${ground - 3}" text-anchor="end">${row.label}</text>
${row.strip.map(({ gain, fate }) => html`<rect x="${x(gain) - CELL / 2 + 0.5}" y="${ground - HEIGHTS[fate]}" width="${CELL - 1}" height="${HEIGHTS[fate]}" style="fill:${COLORS[fate]}"><title>${row.label}, gain ${gain.toFixed(2)}: ${fate}</title></rect>`)}
${row.marks.filter((gain) => gain >= first && gain <= last).map((gain) => html`<path d="M${x(gain).toFixed(1)} ${ground - 17}l4 -6h-8z"><title>${row.label}: gain ${gain.toFixed(3)}</title></path>`)}
`;
})}
${ticks.map((gain) => html`<text x="${x(gain)}" y="${height - 6}" text-anchor="middle">${gain.toFixed(1)}</text>`)}
</svg></figure>
`;
}
