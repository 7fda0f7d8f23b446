import type { Tensor } from '@tensorflow/tfjs-core';
import { registerGradients } from './tfjs-gradients.js';
import type { Peer, PeerSource } from './types.js';
import { packageVersion } from './version.js';

type Core = typeof import('@tensorflow/tfjs-core');

/** TensorFlow.js on its JavaScript back end. */
export const cpu: PeerSource = {
  implementation: 'TensorFlow.js cpu',
  load: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    return peers('cpu');
  },
};

/** TensorFlow.js on its WebAssembly back end. */
export const wasm: PeerSource = {
  implementation: 'TensorFlow.js wasm',
  load: async () => {
    await import('@tensorflow/tfjs-backend-wasm');
    return peers('wasm');
  },
};

/**
 * The activations 'gelu' and 'gelu_new' of tfjs-layers, composed here of the same operations of tfjs-core in the same
 * order, and differentiated by tf.grad.
 */
async function peers(backend: 'cpu' | 'wasm'): Promise<Peer[]> {
  const tf = await import('@tensorflow/tfjs-core');
  await registerGradients();
  tf.enableProdMode(); // without its advertisement on the console
  if (!(await tf.setBackend(backend))) throw new Error(`the ${backend} back end does not start`);
  await tf.ready();
  const exact = (x: Tensor): Tensor => tf.mul(x, tf.mul(0.5, tf.add(1, tf.erf(tf.div(x, Math.sqrt(2))))));
  const tanh = (x: Tensor): Tensor => {
    const inner = tf.mul(tf.sqrt(tf.div(2, Math.PI)), tf.add(x, tf.mul(0.044715, tf.pow(x, 3))));
    return tf.mul(0.5, tf.mul(x, tf.add(1, tf.tanh(inner))));
  };
  return [peer(tf, backend, 'none', exact), peer(tf, backend, 'tanh', tanh)];
}

function peer(tf: Core, backend: string, approximate: 'none' | 'tanh', f: (x: Tensor) => Tensor): Peer {
  const compute = async (g: (x: Tensor) => Tensor, input: Float32Array): Promise<Float32Array> => {
    await tf.setBackend(backend);
    const y = tf.tidy(() => g(tf.tensor1d(input)));
    const data = (await y.data()) as Float32Array;
    y.dispose();
    return data;
  };
  const derivative = tf.grad(f);
  return {
    implementation: `TensorFlow.js ${backend}`,
    version: packageVersion(`@tensorflow/tfjs-backend-${backend}`),
    form: `${approximate} (tf ops)`,
    approximate,
    value: (input) => compute(f, input),
    gradient: (input) => compute((x) => derivative(x), input),
    prepare: async (input) => {
      await tf.setBackend(backend);
      const x = tf.tensor1d(input);
      return {
        // Both back ends compute when called, so that nothing needs to be awaited but the switch between them.
        run: async () => {
          if (tf.getBackend() !== backend) await tf.setBackend(backend);
          tf.tidy(() => void f(x));
        },
        dispose: () => x.dispose(),
      };
    },
  };
}
