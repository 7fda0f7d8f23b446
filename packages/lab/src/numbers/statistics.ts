/** The middle value, the mean of the two in the middle of an even number; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (sorted.length === 0) return Number.NaN;
  return low === high ? low : (low + high) / 2;
}

/**
 * A 95 % interval for the median of what the values are drawn from, whatever its distribution: the order statistics between which
 * it lies by the binomial distribution (in its normal approximation, rounded outward). From 6 values on.
 */
export function medianInterval(values: readonly number[]): { low: number; high: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const outside = Math.max(0, Math.floor((sorted.length - 1.96 * Math.sqrt(sorted.length)) / 2) - 1);
  return { low: sorted[outside], high: sorted[sorted.length - 1 - outside] };
}
