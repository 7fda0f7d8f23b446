import { missingPackage } from '../run/packages.js';
import * as onnx from './onnx.js';
import * as tfjs from './tfjs.js';
import { withoutTraces } from './traces.js';
import type { Implementation, ImplementationSource, Measured, OnProgress } from './types.js';

/** All implementations that are compared, this library first. Each loads its framework only when asked to. */
export const SOURCES: readonly ImplementationSource[] = [
  { implementation: 'gelu (this library)', load: async () => (await import('./ours.js')).load() },
  tfjs.cpu,
  tfjs.wasm,
  tfjs.ours,
  { implementation: 'gelu/jax (this library)', load: async () => (await import('./jax.js')).loadOurs() },
  { implementation: 'jax-js', load: async () => (await import('./jax.js')).load() },
  onnx.node,
  onnx.web,
  { implementation: 'plain JavaScript', load: async () => (await import('./plain.js')).load() },
];

/** The implementations that load, and those that do not with the reason. */
export async function loadImplementations(
  sources: readonly ImplementationSource[],
  onProgress?: OnProgress,
): Promise<Measured<Implementation>> {
  const loaded: Measured<Implementation> = { results: [], missing: [] };
  for (const [i, { implementation, load }] of sources.entries()) {
    onProgress?.(i / sources.length, `loading ${implementation}`);
    try {
      loaded.results.push(...(await withoutTraces(load)));
    } catch (error) {
      loaded.missing.push({ implementation, reason: reasonOf(error) });
    }
  }
  return loaded;
}

/** The first line of an error's message; of a package that is missing, what installs it. */
export function reasonOf(error: unknown): string {
  const known = missingPackage(error) ?? error;
  return String(known instanceof Error ? known.message : known).split('\n')[0];
}
