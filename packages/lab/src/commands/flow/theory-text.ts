import { MeanField } from 'gelu/numerics';
import { activationNamed } from '../../console/activation-spec.js';
import { significant } from '../../console/figures.js';
import { textTable } from '../../console/text-table.js';
import { scaleOf } from '../../flow/gain.js';
import { type Fate, stripOf, stripText } from '../../flow/strip.js';
import type { Summary } from '../../flow/summary.js';

export const THEORY_HEADINGS: readonly string[] = [
  'activation',
  'weights',
  'output',
  'of draws',
  'theory',
  'gradient',
  'of draws',
  'theory',
];

/** Theory beside measurement: medians over the draws, their range, and what a network of infinite width has. */
export function theoryCells(s: Summary): string[] {
  const range = ([low, high]: [number, number]): string => `${significant(low)}–${significant(high)}`;
  return [
    s.label,
    scaleOf(s.gain, s.initialization, activationNamed(s.activation).bound).weightStd.toFixed(3),
    significant(s.activationRms),
    range(s.activationRange),
    significant(s.theory.activationRms),
    significant(s.gradientRms),
    range(s.gradientRange),
    significant(s.theory.gradientRms),
  ];
}

/** What becomes of a signal by gain, one line for each activation. */
export function stripsOf(rows: readonly Summary[]): { label: string; strip: { gain: number; fate: Fate }[] }[] {
  const specs = new Map(rows.map((row) => [row.activation, row]));
  return [...specs.values()].map(({ label, activation, depth }) => ({
    label,
    strip: stripOf(new MeanField(activationNamed(activation).bound), 1, depth),
  }));
}

/** The table of theory and measurement, and what decides, as text. */
export function theoryText(rows: readonly Summary[]): string {
  return [textTable([[...THEORY_HEADINGS], ...rows.map(theoryCells)], 1), ...rows.flatMap(decision)].join('\n');
}

export function stripsText(rows: readonly Summary[], depth: number): string {
  return `By gain, without biases, a signal of variance 1 in ${depth} layers (· dies, = stays within a factor of 10, + grows):
${stripText(stripsOf(rows))}`;
}

const NEAR = 1e-6;

/** What decides, of a plain stack: what a layer does to the variances of signal and gradient, and to a deviation. */
export function decision(s: Summary): string[] {
  if (s.residual || s.layerNorm) return [];
  const field = new MeanField(activationNamed(s.activation).bound);
  const { weightStd, biasStd, inputStd } = scaleOf(s.gain, s.initialization, field.activation);
  const network = { weightStd, biasStd };
  const q = (weightStd * inputStd) ** 2 + biasStd ** 2;
  const [ratio, chi, slope] = [field.next(q, network) / q, field.chi(q, network), field.slope(q, network)];
  const signal =
    Math.abs(ratio - 1) < NEAR
      ? `keeps a signal of variance ${significant(q)}; ${deviation(slope)}`
      : `makes a signal of variance ${significant(q)} ${ratio < 1 ? 'smaller' : 'larger'}, by a factor of ${significant(ratio)}`;
  const gradient =
    Math.abs(chi - 1) < NEAR
      ? 'the gradient keeps its variance'
      : `the gradient's variance is multiplied by ${significant(chi)}`;
  return [`${s.label}: a layer ${signal}; ${gradient} (χ).`];
}

function deviation(slope: number): string {
  if (Math.abs(slope - 1) < NEAR) return 'one of another variance is kept as well';
  return slope > 1
    ? `what is off by little is off by ${significant(slope)} times as much after it, so the signal tips`
    : `what is off by little is off by ${significant(slope)} times as much after it, so the signal returns`;
}
