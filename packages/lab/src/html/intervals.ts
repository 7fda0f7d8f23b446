import { type Html, html } from './html.js';

/** A difference with its interval. */
export interface IntervalRow {
  label: string;
  value: number;
  low: number;
  high: number;
  /** What stands at the right, as '5 seeds'. */
  note: string;
  /** For whom it speaks: the colour; and whether it holds: a full dot, or a ring. */
  side: 'better' | 'worse' | 'open';
  holds: boolean;
}

export interface IntervalPanel {
  title: string;
  /** Of values on the axis. */
  text(value: number): string;
  rows: readonly IntervalRow[];
}

const COLORS = { better: '#0f7452', worse: '#b34f00', open: '#626a74' } as const;
const [WIDTH, LEFT, RIGHT, ROW] = [720, 240, 84, 22];

/** Differences with intervals and zero, panel by panel, as an SVG file: dark on white. Rows without an interval are left out. */
export function intervalsSvg(given: readonly IntervalPanel[]): string {
  const panels = given
    .map((panel) => ({ ...panel, rows: panel.rows.filter(({ low, high }) => Number.isFinite(low + high)) }))
    .filter(({ rows }) => rows.length > 0);
  let top = 0;
  const drawn = panels.map((panel) => {
    const at = top;
    top += 26 + ROW * panel.rows.length + 30;
    return drawPanel(panel, at);
  });
  const size = `width="${WIDTH}" height="${top}" viewBox="0 0 ${WIDTH} ${top}"`;
  const body = html`<rect width="100%" height="100%" fill="#ffffff"/><g font-family="system-ui, sans-serif" font-size="12" fill="#1f2328">${drawn}</g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="Differences with 95 % intervals">${body.text}</svg>\n`;
}

function drawPanel({ title, text, rows }: IntervalPanel, top: number): Html {
  const [least, most] = [Math.min(0, ...rows.map((r) => r.low)), Math.max(0, ...rows.map((r) => r.high))];
  const span = most - least || 1;
  const x = (value: number): string => (LEFT + ((value - least) / span) * (WIDTH - LEFT - RIGHT - 16)).toFixed(1);
  const bottom = top + 26 + ROW * rows.length;
  const ticks = [...new Set([least, 0, most])];
  return html`<text x="14" y="${top + 17}" font-weight="600">${title}</text>
<path d="M${x(0)} ${top + 24}V${bottom + 2}" stroke="#1f2328" stroke-dasharray="2 3"/>
${rows.map(({ label, value, low, high, note, side, holds }, i) => {
  const y = top + 26 + ROW * (i + 0.5);
  const color = COLORS[side];
  return html`<text x="14" y="${y + 4}">${label}</text><path d="M${x(low)} ${y}H${x(high)}M${x(low)} ${y - 4}v8M${x(high)} ${y - 4}v8" stroke="${color}" stroke-width="1.6"/><circle cx="${x(value)}" cy="${y}" r="4" fill="${holds ? color : '#ffffff'}" stroke="${color}" stroke-width="1.6"/><text x="${WIDTH - 10}" y="${y + 4}" text-anchor="end" fill="#59636e">${note}</text>
`;
})}
${ticks.map((value) => html`<text x="${x(value)}" y="${bottom + 16}" text-anchor="middle" fill="#59636e">${text(value)}</text>`)}
`;
}
