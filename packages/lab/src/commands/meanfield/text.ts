import { MeanField } from 'gelu/numerics';
import type { NamedActivation } from '../../console/activation-spec.js';
import { significant } from '../../console/figures.js';
import { textTable } from '../../console/text-table.js';
import { phaseText } from '../../flow/phases.js';
import { FACTOR, LAYERS, stripText } from '../../flow/strip.js';
import type { Field } from './measure.js';

const HEADINGS = ['activation', 'forward', 'of He', 'backward', 'critical', 'biases'];

/** Gains, and the strip of what becomes of a signal, as text of at most 80 columns. */
export function fieldText(fields: readonly Field[]): string {
  const [{ q }] = fields;
  return `Gains at variance ${q}: weights of standard deviation gain/√inputs
${textTable([HEADINGS, ...fields.map(cells)], 1)}

A signal of variance ${q} in ${LAYERS} layers without biases, by gain:
· dies, = stays within a factor of ${FACTOR}, + grows
${stripText(fields)}

${fields.slice(0, 5).map(sentence).join('\n')}`;
}

/** The phase diagrams as text. */
export function phasesText(activations: readonly NamedActivation[]): string {
  const each = activations.map(({ label, bound }) => `${label}\n${phaseText(new MeanField(bound))}`);
  return `Deviation of weights times √inputs (up) and of biases (right), first layer given variance 1:
· order: gradients die, + chaos: they explode, ^ the signal grows without bound

${each.join('\n\n')}`;
}

/** What both tables show. */
export function cells({ label, forward, backward, critical }: Field): string[] {
  const digits = (value: number | null | undefined): string => (value == null ? '–' : value.toFixed(4));
  return [
    label,
    digits(forward),
    digits(forward === null ? null : forward / Math.SQRT2),
    digits(backward),
    digits(critical?.weightStd),
    digits(critical?.biasStd),
  ];
}

/** What decides for an activation, in words. */
export function sentence({ label, strip, atHe }: Field): string {
  const kept = strip.filter(({ fate }) => fate === 'keeps').map(({ gain }) => gain.toFixed(2));
  const grows = strip.findIndex(({ fate }) => fate === 'grows');
  const tips = grows > 0 && strip[grows - 1].fate === 'dies';
  const between = tips ? `${strip[grows - 1].gain.toFixed(2)} and ${strip[grows].gain.toFixed(2)}` : '';
  const where = tips
    ? `a signal tips from dying to growing between gains of ${between}`
    : kept.length > 0
      ? `a signal stays at gains of ${kept[0]} to ${kept[kept.length - 1]}`
      : 'no gain from 0.8 to 2.4 keeps a signal';
  return `${label}:\n  ${where}.\n  At He's gain, 1.41, it is multiplied by ${significant(atHe)}.`;
}
