import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as layers from '@tensorflow/tfjs-layers';
import { tfjsFunctions } from '../targets/tfjs-functions.js';
import { floats, packed, serve, webglAdapter, webgpuAdapter } from './page.js';

const functions = tfjsFunctions(tf, layers);

serve({
  load: async (device) => {
    if (!(await tf.setBackend(device))) throw new Error(`the ${device} back end does not start`);
    await tf.ready();
    return {
      calls: Object.fromEntries(Object.entries(functions).map(([name, [call]]) => [name, call])),
      adapter: device === 'webgl' ? webglAdapter() : await webgpuAdapter(),
    };
  },
  evaluate: async (name, x, order) => {
    let f = functions[name as keyof typeof functions]![1];
    for (let k = 0; k < order; k++) f = tf.grad(f) as typeof f;
    const y = tf.tidy(() => f(tf.tensor1d(floats(x))));
    const data = (await y.data()) as Float32Array;
    y.dispose();
    return packed(data);
  },
});
