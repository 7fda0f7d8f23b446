import { gradientErrors, valueErrors } from './errors.js';
import { testPoints } from './points.js';
import { loadPeers, reasonOf, SOURCES } from './sources.js';
import type { AccuracyResult, Measured, OnProgress, Peer } from './types.js';

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
  const { results: peers, missing } = await loadPeers(SOURCES, (f, label) => onProgress?.(f * 0.3, label));
  const x = testPoints(points, seed);
  const results: AccuracyResult[] = [];
  for (const [i, peer] of peers.entries()) {
    onProgress?.(0.3 + (0.7 * i) / peers.length, `${peer.implementation}, ${peer.form}`);
    try {
      results.push(await measure(peer, x));
    } catch (error) {
      missing.push({ implementation: `${peer.implementation}, ${peer.form}`, reason: reasonOf(error) });
    }
  }
  onProgress?.(1, 'accuracy measured');
  return { results, missing };
}

/** The accuracy of one implementation at the ascending points x. */
export async function measure(peer: Peer, x: Float32Array): Promise<AccuracyResult> {
  const { implementation, version, form, approximate } = peer;
  const input = new Float32Array(x.length + 1); // −∞ travels with the points: another shape may mean a compilation
  input.set(x);
  input[x.length] = -Infinity;
  const y = await peer.value(input);
  const gradient = await peer.gradient?.(input);
  return {
    implementation,
    version,
    form,
    ...valueErrors(x, y, approximate),
    atMinusInfinity: y[x.length],
    gradient: gradient === undefined ? null : gradientErrors(x, gradient, approximate),
  };
}
