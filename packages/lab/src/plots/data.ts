import { factRows } from '../html/facts.js';
import { grid } from './curves.js';
import type { PlotChoices } from './options.js';

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
