import type { Chart } from '../html/chart.js';
import { lineStyle } from '../html/palette.js';
import { ORDER_NAMES, ORDER_TITLES, sampled } from './curves.js';
import type { PlotChoices } from './options.js';

/** A chart for each order, with a line for each activation. `printed`: for a file without a style sheet. */
export function orderCharts(
  { named, range, orders }: Pick<PlotChoices, 'named' | 'range' | 'orders'>,
  printed: boolean,
): Chart[] {
  return orders.map((order) => ({
    title: ORDER_TITLES[order],
    x: 'x',
    y: `${ORDER_NAMES[order]}(x)`,
    xDomain: [range[0], range[1]],
    ...(printed && { width: 640, height: 280 }),
    series: named.map(({ label, bound }, i) => ({
      name: label,
      ...lineStyle(i, printed),
      points: sampled(bound, order, range),
    })),
  }));
}
