import { valueErrors } from '../../implementations/errors.js';
import { loadImplementations, SOURCES } from '../../implementations/sources.js';
import type { Implementation } from '../../implementations/types.js';

/** The error of an implementation over x. */
export interface TailCurve {
  name: string;
  version: string;
  points: [x: number, ulp: number][];
}

/** In the picture's order, by the names of the sources. */
export const IN_PICTURE: readonly [source: string, name: string][] = [
  ['gelu (this library)', 'this library'],
  ['TensorFlow.js wasm', 'TensorFlow.js'],
  ['ONNX Runtime node', 'ONNX Runtime'],
  ['jax-js', 'jax-js'],
];

/** The errors of the exact form in float32, the worst in each of some hundred parts of [−15, 3], measured here. */
export async function measureTail(): Promise<TailCurve[]> {
  const sources = SOURCES.filter(({ implementation }) => IN_PICTURE.some(([source]) => source === implementation));
  const { results, missing } = await loadImplementations(sources);
  if (missing.length > 0)
    throw new Error(`${missing[0].implementation} is needed for the picture: ${missing[0].reason}`);
  const x = Float32Array.from({ length: 18 * 256 + 1 }, (_, i) => i / 256 - 15);
  const curves: TailCurve[] = [];
  for (const [source, name] of IN_PICTURE) curves.push(await curve(found(results, source), name, x));
  return curves;
}

function found(results: readonly Implementation[], source: string): Implementation {
  const one = results.find((r) => r.implementation.startsWith(source) && r.approximate === 'none');
  if (one === undefined) throw new Error(`${source} has no exact form`);
  return one;
}

async function curve(subject: Implementation, name: string, x: Float32Array): Promise<TailCurve> {
  const { errorCurve } = valueErrors(x, await subject.value(x), 'none');
  const points = errorCurve.x.map((at, i): [number, number] => [at, Number(errorCurve.ulp[i].toPrecision(4))]);
  return { name, version: subject.version, points };
}
