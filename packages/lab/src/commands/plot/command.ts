import { type CommandDef, defineCommand } from 'citty';
import { showing } from '../../console/serve.js';
import { orderCharts } from '../../plots/charts.js';
import { plotData } from '../../plots/data.js';
import { type PlotArgs, plotArgs, plotChoices } from '../../plots/options.js';
import { textPlots, writeCharts } from '../../plots/render.js';
import { terminal } from '../../plots/terminal.js';
import { toJson } from '../../run/json.js';
import { STDOUT } from '../../run/write.js';

/** `gelu-lab plot`. */
export const plotCommand: CommandDef<PlotArgs> = defineCommand({
  meta: {
    name: 'plot',
    description: 'draw activations and their derivatives: in the terminal, as SVG, PNG or a page',
    examples: [
      ['plot gelu relu silu:beta=1.5', 'functions and derivatives in the terminal'],
      ['plot gelu --derivative 1 --range -3,3 --out gelu.svg', 'one derivative as a file'],
    ],
  },
  args: plotArgs,
  run: async ({ args }) => {
    const showPage = showing(args);
    const choices = plotChoices(args._, args);
    if (choices.out) {
      await writeCharts(choices.out, choices, (printed) => orderCharts(choices, printed));
      if (!args.json && choices.out.path !== STDOUT) process.stdout.write(`${choices.out.path}\n`);
    }
    if (args.json) process.stdout.write(`${toJson(plotData(choices))}\n`);
    else if (!choices.out) process.stdout.write(`${textPlots(choices, terminal())}\n`);
    if (choices.out) await showPage(choices.out.path);
  },
});
