import { type CommandDef, defineCommand } from 'citty';
import { factRows } from '../../html/facts.js';
import { orderCharts } from '../../plots/charts.js';
import { grid } from '../../plots/curves.js';
import { type PlotArgs, type PlotChoices, plotArgs, plotChoices } from '../../plots/options.js';
import { textPlots, writeCharts } from '../../plots/render.js';
import { terminal } from '../../plots/terminal.js';
import { toJson } from '../../run/json.js';

/** `gelu-lab plot`. */
export const plotCommand: CommandDef<PlotArgs> = defineCommand({
  meta: { name: 'plot', description: 'draw activations and their derivatives: in the terminal, as SVG, PNG or a page' },
  args: plotArgs,
  run: async ({ args }) => {
    const choices = plotChoices(args._, args);
    if (choices.out) {
      await writeCharts(choices.out, choices, (printed) => orderCharts(choices, printed));
      if (!args.json) process.stdout.write(`${choices.out.path}\n`);
    }
    if (args.json) process.stdout.write(`${toJson(plotData(choices))}\n`);
    else if (!choices.out) process.stdout.write(`${textPlots(choices, terminal())}\n`);
  },
});

/** What --json prints: the values at evenly spaced points, and the facts. */
export function plotData({ named, range, orders }: PlotChoices): unknown {
  const x = grid(range, 481);
  const keys = ['value', 'derivative', 'secondDerivative'];
  return {
    range,
    x,
    activations: named.map(({ spec, label, bound }) => ({
      spec,
      label,
      name: bound.definition.name,
      parameters: bound.parameters,
      ...Object.fromEntries(orders.map((order) => [keys[order], x.map((v) => bound.evaluate(order, v))])),
      facts: Object.fromEntries(factRows(bound.definition.facts!(bound.parameters))),
    })),
  };
}
