import type { Tensor } from '@tensorflow/tfjs-core';
import { type Backend, type Core, startTfjs } from '../../implementations/tfjs.js';
import { packageVersion } from '../../run/versions.js';
import type { Numbers } from '../format.js';
import type { FunctionName } from '../functions.js';
import type { Loader, Target } from '../target.js';
import { tfjsFunctions } from './tfjs-functions.js';

type Functions = Partial<Record<FunctionName, readonly [call: string, f: (x: Tensor) => Tensor]>>;

/** TensorFlow.js in Node on one of its back ends, with its gradients. */
export const load =
  (backend: Backend): Loader =>
  async () => {
    const tf = await startTfjs(backend);
    return tfjsTarget(tf, backend, `TensorFlow.js, ${backend}`, await plainFunctions(tf), {
      '@tensorflow/tfjs-core': packageVersion('@tensorflow/tfjs-core'),
      [`@tensorflow/tfjs-backend-${backend}`]: packageVersion(`@tensorflow/tfjs-backend-${backend}`),
    });
  };

let plain: Functions | undefined;

/** Its functions as they are without `gelu/tfjs`, which gives some of their names to its own. */
export async function plainFunctions(tf: Core): Promise<Functions> {
  plain ??= tfjsFunctions(tf, await import('@tensorflow/tfjs-layers'));
  return plain;
}

/** Functions of tensors as a target. */
export function tfjsTarget(
  tf: Core,
  backend: string,
  title: string,
  functions: Functions,
  versions: Target['versions'],
): Target {
  return {
    title,
    versions,
    format: 'float32',
    orders: 2,
    calls: Object.fromEntries(Object.entries(functions).map(([name, [call]]) => [name, call])),
    evaluate: async (name, x, order) => {
      if (tf.getBackend() !== backend) await tf.setBackend(backend);
      let f = functions[name]![1];
      for (let k = 0; k < order; k++) f = tf.grad(f) as typeof f;
      const y = tf.tidy(() => f(tf.tensor1d(x as Float32Array)));
      const data = (await y.data()) as Float32Array;
      y.dispose();
      return data as Numbers;
    },
  };
}
