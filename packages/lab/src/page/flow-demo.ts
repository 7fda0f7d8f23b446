import type { NamedActivation } from '../console/activation-spec.js';
import { drawWeights, type Initialization } from '../flow/initialization.js';
import { type LayerFlow, measureLayers } from '../flow/measure.js';
import { Stack } from '../flow/stack.js';
import type { Chart } from '../html/chart.js';
import { lineStyle } from '../html/palette.js';
import { random } from '../numbers/random.js';

/** What the demonstration of the flow is asked for. */
export interface FlowDemo {
  named: readonly NamedActivation[];
  depth: number;
  width: number;
  init: Initialization;
  gain: number;
  residual: boolean;
  normalize: boolean;
}

const BATCH = 32;

/** Measures a stack for each activation; yields the share done, so that the page stays alive in between. */
export function* measureFlow({ named, depth, width, init, gain, ...kind }: FlowDemo): Generator<number, LayerFlow[][]> {
  const weights = drawWeights(init, depth, width, gain, random(1, 'page weights'));
  const x = Float64Array.from({ length: BATCH * width }, random(1, 'page inputs').normal);
  const measured: LayerFlow[][] = [];
  for (const activation of named) {
    const steps = measureLayers(new Stack({ width, weights, activation, ...kind }), x, random(1, 'page gradient'));
    let step = steps.next();
    for (; !step.done; step = steps.next()) yield (measured.length + step.value) / named.length;
    measured.push(step.value);
  }
  return measured;
}

/** The charts of what was measured. */
export function flowCharts(named: readonly NamedActivation[], measured: readonly LayerFlow[][]): Chart[] {
  const byLayer = (title: string, y: string, value: (l: LayerFlow) => number, more: Partial<Chart> = {}): Chart => ({
    title,
    x: 'layer',
    y,
    series: measured.map((layers, i) => ({
      name: named[i].label,
      ...lineStyle(i),
      points: layers.map((layer) => [layer.depth, value(layer)]),
    })),
    ...more,
  });
  return [
    byLayer('Output by depth', 'root mean square', (l) => l.activationRms, { logY: true }),
    byLayer('Gradient by depth', 'root mean square', (l) => l.gradientRms, { logY: true }),
    byLayer('Dead units', 'per cent', (l) => 100 * l.dead, { yDomain: [0, 100] }),
    byLayer('Effective rank of the outputs', 'rank', (l) => l.effectiveRank),
  ];
}
