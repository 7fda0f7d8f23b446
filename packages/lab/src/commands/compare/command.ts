import { type CommandDef, defineCommand } from 'citty';
import { type FloatType, ulpError } from 'gelu/numerics';
import { UsageError } from '../../console/errors.js';
import { significant } from '../../console/figures.js';
import { show } from '../../console/screen.js';
import { showing } from '../../console/serve.js';
import { textTable } from '../../console/text-table.js';
import type { Chart } from '../../html/chart.js';
import { factTable } from '../../html/facts.js';
import { type Html, html, table } from '../../html/html.js';
import { lineStyle } from '../../html/palette.js';
import { orderCharts } from '../../plots/charts.js';
import { grid, ORDER_NAMES, type Order } from '../../plots/curves.js';
import { plotData } from '../../plots/data.js';
import { type Difference, largestDifference, ulpDifference } from '../../plots/difference.js';
import { type PlotArgs, type PlotChoices, plotArgs, plotChoices } from '../../plots/options.js';
import { textPlots, writeCharts } from '../../plots/render.js';
import { sideBySide, terminal, terminalPlot } from '../../plots/terminal.js';
import { toJson } from '../../run/json.js';
import { STDOUT } from '../../run/write.js';

type Args = PlotArgs & { dtype: { type: 'enum'; options: FloatType[]; default: 'float32'; description: string } };

/** How far an activation lies from the first one. */
export interface Comparison {
  activation: string;
  order: Order;
  absolute: Difference;
  /** In units in the last place of the first activation's value. */
  ulp: Difference;
}

const args: Args = {
  ...plotArgs,
  dtype: {
    type: 'enum',
    options: ['float32', 'float64'],
    default: 'float32',
    description: 'count differences in units in the last place of this format',
  },
};

/** `gelu-lab compare`. */
export const compareCommand: CommandDef<Args> = defineCommand({
  meta: {
    name: 'compare',
    description: 'facts side by side, and how far activations differ from the first one',
    examples: [
      ['compare gelu gelu_new relu', 'differences from GELU and facts, in the terminal'],
      ['compare gelu JAX/gelu --dtype float64 --out forms.html', 'a page that loads nothing'],
    ],
  },
  args,
  run: async ({ args: given }) => {
    const choices = plotChoices(given._, given);
    const showPage = showing(given);
    if (choices.named.length < 2) throw new UsageError('which activations? compare needs two or more');
    const dtype = given.dtype;
    const found = compare(choices, dtype);
    const rows = differenceRows(choices, found, dtype);
    if (choices.out) {
      const charts = (printed: boolean): Chart[] => [
        ...orderCharts(choices, printed),
        ...differenceCharts(choices, dtype, printed),
      ];
      await writeCharts(choices.out, choices, charts, differenceTable(rows));
      if (!given.json && choices.out.path !== STDOUT) process.stdout.write(`${choices.out.path}\n`);
    }
    if (given.json)
      process.stdout.write(`${toJson({ ...(plotData(choices) as object), dtype, differences: found })}\n`);
    else if (!choices.out) show(text(choices, rows));
    if (choices.out) await showPage(choices.out.path);
  },
});

/** Each activation after the first, in each order, against the first. */
export function compare({ named: [first, ...others], range, orders }: PlotChoices, dtype: FloatType): Comparison[] {
  return others.flatMap(({ spec, bound }) =>
    orders.map((order) => ({
      activation: spec,
      order,
      absolute: largestDifference(first.bound, bound, range, order),
      ulp: ulpDifference(first.bound, bound, range, order, dtype),
    })),
  );
}

function differenceRows({ named }: PlotChoices, found: readonly Comparison[], dtype: FloatType): string[][] {
  const labels = new Map(named.map(({ spec, label }) => [spec, label]));
  const columns = ({ worst, at, mean }: Difference): string[] => [
    significant(worst),
    significant(at),
    significant(mean),
  ];
  return [
    [`against ${named[0].label}`, '', 'largest', 'at x =', 'mean', `ULP (${dtype})`, 'at x =', 'mean ULP'],
    ...found.map(({ activation, order, absolute, ulp }) => [
      labels.get(activation) ?? activation,
      ORDER_NAMES[order],
      ...columns(absolute),
      ...columns(ulp),
    ]),
  ];
}

function differenceTable([headings, ...rows]: string[][]): Html {
  return html`<h2>Differences</h2>
${table(
  headings.map((title, i) => ({ title, text: i < 2 })),
  rows,
)}`;
}

/** The differences of the functions by x: absolute, and in ULP on a logarithmic axis. */
function differenceCharts({ named, range }: PlotChoices, dtype: FloatType, printed: boolean): Chart[] {
  const [{ bound: first, label }, ...others] = named;
  const chart = (title: string, y: string, distance: (a: number, b: number) => number): Chart => ({
    title: `${title} from ${label}`,
    x: 'x',
    y,
    ...(printed && { width: 640, height: 240 }),
    series: others.map((other, i) => ({
      name: other.label,
      ...lineStyle(i + 1, printed),
      points: grid(range, 961).map((x) => [x, distance(first.evaluate(0, x), other.bound.evaluate(0, x))]),
    })),
  });
  return [
    chart('Difference', 'difference', (a, b) => b - a),
    { ...chart('ULP', `${dtype} ULP`, (a, b) => ulpError(b, a, 0, dtype)), logY: true },
  ];
}

function text(choices: PlotChoices, rows: string[][]): string {
  const screen = terminal();
  const { named, range } = choices;
  const [{ bound: first }, ...others] = named;
  const differences = others.map(({ bound }) =>
    grid(range, 4 * screen.columns).map((x): [number, number] => [x, bound.evaluate(0, x) - first.evaluate(0, x)]),
  );
  return [
    textPlots({ ...choices, orders: choices.orders.slice(0, 1) }, screen),
    terminalPlot(`Difference from ${named[0].label}`, [[], ...differences], screen), // in the colours of the plot above
    textTable(rows, 2),
    sideBySide(
      [['', ...named.map(({ label }) => label)], ...factTable(named.map(({ bound }) => bound))],
      screen.columns,
    ),
  ].join('\n\n');
}
