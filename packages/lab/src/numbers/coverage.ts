/** Of what paired differences are drawn: normal; skewed (gamma of shape 2, skewness 1.4); very skewed (exponential, skewness 2). */
export type Kind = 'normal' | 'skewed' | 'very skewed';

/** How often, per cent, the interval of `pairedDifference` holds the true difference, by 100,000 simulated studies; a test repeats it. */
export const COVERED: readonly (readonly [kind: Kind, seeds: number, percent: number])[] = [
  ['normal', 3, 95.7],
  ['normal', 5, 96.9],
  ['normal', 10, 96.6],
  ['skewed', 3, 94.0],
  ['skewed', 5, 95.1],
  ['skewed', 10, 95.5],
  ['very skewed', 3, 92.0],
  ['very skewed', 5, 93.5],
  ['very skewed', 10, 94.2],
];

/** The table in words. */
export function coverageText(): string {
  const of = (kind: Kind): string =>
    COVERED.filter(([k]) => k === kind)
      .map(([, seeds, percent]) => `${percent.toFixed(1)} % with ${seeds} seeds`)
      .join(', ');
  return `In simulated studies such intervals hold the true difference in ${of('normal')} where differences are normal; ${of('skewed')} where they are skewed (gamma distribution of shape 2); ${of('very skewed')} where they are very skewed (exponential).`;
}
