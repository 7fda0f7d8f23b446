import { gradientErrors, valueErrors } from './errors.js';
import { testPoints } from './points.js';
import { loadImplementations, reasonOf, SOURCES } from './sources.js';
import type { AccuracyResult, Implementation, Measured, OnProgress } from './types.js';

/** How many points, drawn from which seed. */
export interface AccuracyOptions {
  points: number;
  seed: number;
  onProgress?: OnProgress;
}

/**
 * Measures every implementation at the same float32 inputs (see `testPoints`) against the float64 definition. What is
 * not installed or fails is listed in `missing`, with the reason.
 */
export async function measureAccuracy(options: AccuracyOptions): Promise<Measured<AccuracyResult>> {
  const { points, seed, onProgress } = options;
  const { results: implementations, missing } = await loadImplementations(SOURCES, (f, label) =>
    onProgress?.(f * 0.3, label),
  );
  const x = testPoints(points, seed);
  const results: AccuracyResult[] = [];
  for (const [i, subject] of implementations.entries()) {
    onProgress?.(0.3 + (0.7 * i) / implementations.length, `${subject.implementation}, ${subject.form}`);
    try {
      results.push(await measure(subject, x));
    } catch (error) {
      missing.push({ implementation: `${subject.implementation}, ${subject.form}`, reason: reasonOf(error) });
    }
  }
  onProgress?.(1, 'accuracy measured');
  return { results, missing };
}

/** The accuracy of one implementation at the ascending points x. */
export async function measure(subject: Implementation, x: Float32Array): Promise<AccuracyResult> {
  const { implementation, version, form, approximate } = subject;
  const input = new Float32Array(x.length + 1); // −∞ travels with the points: another shape may mean a compilation
  input.set(x);
  input[x.length] = -Infinity;
  const y = await subject.value(input);
  const gradient = await subject.gradient?.(input);
  return {
    implementation,
    version,
    form,
    ...valueErrors(x, y, approximate),
    atMinusInfinity: y[x.length],
    gradient: gradient === undefined ? null : gradientErrors(x, gradient, approximate),
  };
}
