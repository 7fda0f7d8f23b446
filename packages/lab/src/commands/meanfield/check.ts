import type { NamedActivation } from '../../console/activation-spec.js';
import { significant } from '../../console/figures.js';
import { progress } from '../../console/progress.js';
import { textTable } from '../../console/text-table.js';
import { type Checked, type CheckOptions, checkTheory } from '../../flow/check.js';
import { type GainWord, scaleOf } from '../../flow/gain.js';

const GAINS: readonly GainWord[] = ['he', 'forward', 'critical'];
/** So many standard errors off counts as a deviation. */
export const LIMIT = 3;

/** Theory against networks, at three gains. @throws UsageError for an activation without a critical point. */
export function check(activations: readonly NamedActivation[], options: CheckOptions): Checked[] {
  for (const { bound } of activations) scaleOf('critical', 'he', bound);
  const bar = progress('meanfield');
  try {
    const steps = checkTheory(activations, GAINS, options);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value as Checked[];
      bar.update(value as number, 'networks');
    }
  } finally {
    bar.stop();
  }
}

const HEADINGS = ['activation', 'gain', 'theory', 'mean', 'standard error', 'distance'];

const cells = ({ label, gain, theory, mean, standardError, distance }: Checked): string[] => [
  label,
  gain,
  significant(theory),
  significant(mean),
  significant(standardError),
  `${distance.toFixed(1)}`.replace('-', '−'),
];

export function checkText(rows: readonly Checked[], options: CheckOptions): string {
  return `${heading(options)}\n\n${textTable([HEADINGS, ...rows.map(cells)], 2)}\n\n${verdict(rows)}`;
}

export function checkMarkdown(rows: readonly Checked[], options: CheckOptions, command: string): string {
  return `# Mean-field theory against networks

Written by \`${command}\`.
${heading(options)}

| ${HEADINGS.join(' | ')} |
|---|---|---|---|---|---|
${rows.map((row) => `| ${cells(row).join(' | ')} |`).join('\n')}

${verdict(rows)}
`;
}

function heading({ width, depth, draws, seed }: CheckOptions): string {
  return `The norm (root mean square) of the last output of ${depth} dense layers of ${width.toLocaleString('en')} units, ${draws} draws of all weights (seed ${seed}), at three gains; the first layer is given variance 1. Distance: mean − theory, in standard errors.`;
}

function verdict(rows: readonly Checked[]): string {
  const off = rows.filter(({ distance }) => !(Math.abs(distance) <= LIMIT));
  if (off.length === 0) return `All ${rows.length} means lie within ${LIMIT} standard errors of theory.`;
  const names = off.map(({ label, gain }) => `${label} at ${gain}`).join(', ');
  return `${rows.length - off.length} of ${rows.length} means lie within ${LIMIT} standard errors of theory, not ${names}: theory is that of infinite width. At a finite one norms spread from draw to draw, the more so the deeper, and are no longer normally distributed; where a signal tips, a small deviation grows from layer to layer.`;
}
