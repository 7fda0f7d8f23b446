import type { numpy as np } from '@jax-js/jax';
import { packageVersion } from '../../run/versions.js';
import type { Loader, Target } from '../target.js';
import { jaxFunctions } from './jax-functions.js';

type Jax = typeof import('@jax-js/jax');
type Unary = (x: np.Array) => np.Array;

/** jax-js in Node on one of its back ends, under jit, with its gradients. */
export const load =
  (device: 'wasm' | 'cpu'): Loader =>
  async () => {
    const jax = await startJax(device);
    const versions = { '@jax-js/jax': packageVersion('@jax-js/jax') };
    return jaxTarget(jax, device, `jax-js, ${device}`, jaxFunctions(jax) as never, versions);
  };

export async function startJax(device: 'wasm' | 'cpu'): Promise<Jax> {
  const jax = await import('@jax-js/jax');
  const devices = await jax.init(device);
  if (!devices.includes(device)) throw new Error(`the ${device} back end does not start`);
  return jax;
}

/** Functions of jax-js arrays as a target. */
export function jaxTarget(
  { grad, jit, numpy }: Jax,
  device: 'wasm' | 'cpu',
  title: string,
  functions: Record<string, readonly [call: string, f: Unary]>,
  versions: Target['versions'],
): Target {
  const compiled = new Map<string, ReturnType<typeof jit<Unary>>>();
  const derivative = (f: Unary, order: number): Unary =>
    order === 0 ? f : derivative(grad((x: np.Array) => f(x).sum()) as Unary, order - 1);
  return {
    title,
    versions,
    format: 'float32',
    orders: 2,
    calls: Object.fromEntries(Object.entries(functions).map(([name, [call]]) => [name, call])),
    evaluate: async (name, x, order) => {
      const key = `${name} ${order}`;
      const f = compiled.get(key) ?? jit(derivative(functions[name][1], order));
      compiled.set(key, f);
      const array = numpy.array(x as Float32Array<ArrayBuffer>, { device });
      return (await f(array).data()) as Float32Array;
    },
    close: async () => {
      for (const f of compiled.values()) f.dispose();
    },
  };
}
