import type { Chart } from '../html/chart.js';
import { htmlDocument } from '../html/document.js';
import { factTable } from '../html/facts.js';
import { type Html, html, table } from '../html/html.js';
import { writeOutput } from '../run/write.js';
import { ORDER_NAMES, ORDER_TITLES, sampled } from './curves.js';
import type { PlotChoices } from './options.js';
import { type Terminal, terminalLegend, terminalPlot } from './terminal.js';

/** Writes the charts to the file or standard output, in the format that its name says; `more` is added to a page. */
export async function writeCharts(
  { path, format }: NonNullable<PlotChoices['out']>,
  choices: PlotChoices,
  charts: (printed: boolean) => Chart[],
  more: Html | string = '',
): Promise<void> {
  const { chart, stackedSvg } = await import('../html/chart.js'); // what draws them takes long to load
  if (format === 'svg') return writeOutput(path, stackedSvg(charts(true)));
  if (format === 'png') return writeOutput(path, await png(stackedSvg(charts(true))));
  const { named } = choices;
  const names = named.map(({ label }) => label);
  const columns = ['', ...names].map((title) => ({ title, text: true }));
  writeOutput(
    path,
    htmlDocument(
      names.join(', '),
      html`<header><h1>${names.join(', ')}</h1></header>
<h2>Curves</h2>
<div class="panels">${charts(false).map(chart)}</div>
${more}
<h2>Facts</h2>
<div class="wrap">${table(columns, factTable(named.map(({ bound }) => bound)))}</div>`,
    ),
  );
}

async function png(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  const font = { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans' };
  return new Resvg(svg, { fitTo: { mode: 'zoom', value: 2 }, font }).render().asPng();
}

/** The charts as text. */
export function textPlots({ named, range, orders }: PlotChoices, screen: Terminal): string {
  const panels = orders.map((order) => {
    const lines = named.map(({ bound }) => sampled(bound, order, range, 4 * screen.columns));
    return terminalPlot(`${ORDER_TITLES[order]} ${ORDER_NAMES[order]}(x)`, lines, screen);
  });
  return [
    terminalLegend(
      named.map(({ label }) => label),
      screen,
    ),
    ...panels,
  ].join('\n\n');
}
