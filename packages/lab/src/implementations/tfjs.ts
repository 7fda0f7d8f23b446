import type { Tensor } from '@tensorflow/tfjs-core';
import type { Approximate } from 'gelu';
import type { TfGeluOptions } from 'gelu/tfjs';
import { packageVersion } from '../run/versions.js';
import { FORMS } from './forms.js';
import { registerGradients } from './tfjs-gradients.js';
import type { Implementation, ImplementationSource, Run } from './types.js';

export type Core = typeof import('@tensorflow/tfjs-core');
export type Backend = 'cpu' | 'wasm';
type Unary = (x: Tensor) => Tensor;

/** TensorFlow.js on its JavaScript back end. */
export const cpu: ImplementationSource = {
  implementation: 'TensorFlow.js cpu',
  load: async () => implementations(await startTfjs('cpu'), 'cpu'),
};

/** TensorFlow.js on its WebAssembly back end. */
export const wasm: ImplementationSource = {
  implementation: 'TensorFlow.js wasm',
  load: async () => implementations(await startTfjs('wasm'), 'wasm'),
};

/** `gelu/tfjs` on both. */
export const ours: ImplementationSource = {
  implementation: 'gelu/tfjs (this library)',
  load: () => loadOurs(OURS),
};

/** The three forms of `gelu/tfjs` on one of them. */
export const oursOn = (backend: Backend): Promise<Implementation[]> =>
  loadOurs(FORMS.map((approximate) => [backend, approximate, { approximate }]));

type Ours = readonly [
  backend: Backend,
  form: string,
  options: TfGeluOptions & { readonly approximate?: Approximate | undefined },
];

async function loadOurs(wanted: readonly Ours[]): Promise<Implementation[]> {
  const loaded: Implementation[] = [];
  for (const [backend, form, options] of wanted) {
    const tf = await startTfjs(backend);
    const { gelu } = await import('gelu/tfjs');
    const implementation = `gelu/tfjs ${backend} (this library)`;
    const { approximate = 'none' } = options;
    const described = { implementation, version: packageVersion('gelu'), form, approximate };
    loaded.push(implementationOf(tf, backend, { ...described, f: (x) => gelu(x, options) }));
  }
  return loaded;
}

const OURS: readonly Ours[] = [
  ['wasm', 'none', {}],
  ['wasm', 'none (correct)', { precision: 'correct' }],
  ['wasm', 'tanh', { approximate: 'tanh' }],
  ['cpu', 'none', {}],
];

/** TensorFlow.js on a back end, with the gradients that it lacks. */
export async function startTfjs(backend: Backend): Promise<Core> {
  await (backend === 'cpu' ? import('@tensorflow/tfjs-backend-cpu') : import('@tensorflow/tfjs-backend-wasm'));
  const tf = await import('@tensorflow/tfjs-core');
  await registerGradients();
  tf.enableProdMode(); // without its advertisement on the console
  if (!(await tf.setBackend(backend))) throw new Error(`the ${backend} back end does not start`);
  await tf.ready();
  return tf;
}

/**
 * The activations 'gelu' and 'gelu_new' of tfjs-layers, composed here of the same operations of tfjs-core in the same
 * order, and differentiated by tf.grad.
 */
function implementations(tf: Core, backend: Backend): Implementation[] {
  const exact = (x: Tensor): Tensor => tf.mul(x, tf.mul(0.5, tf.add(1, tf.erf(tf.div(x, Math.sqrt(2))))));
  const tanh = (x: Tensor): Tensor => {
    const inner = tf.mul(tf.sqrt(tf.div(2, Math.PI)), tf.add(x, tf.mul(0.044715, tf.pow(x, 3))));
    return tf.mul(0.5, tf.mul(x, tf.add(1, tf.tanh(inner))));
  };
  const make = (approximate: 'none' | 'tanh', f: Unary): Implementation =>
    implementationOf(tf, backend, {
      implementation: `TensorFlow.js ${backend}`,
      version: packageVersion(`@tensorflow/tfjs-backend-${backend}`),
      form: `${approximate} (tf ops)`,
      approximate,
      f,
    });
  return [make('none', exact), make('tanh', tanh)];
}

/** A function as it is measured, by what name. */
interface Described extends Pick<Implementation, 'implementation' | 'version' | 'form' | 'approximate'> {
  readonly f: Unary;
}

function implementationOf(tf: Core, backend: Backend, { f, ...described }: Described): Implementation {
  const compute = async (g: Unary, input: Float32Array): Promise<Float32Array> => {
    await tf.setBackend(backend);
    const y = tf.tidy(() => g(tf.tensor1d(input)));
    const data = (await y.data()) as Float32Array;
    y.dispose();
    return data;
  };
  const derivative = tf.grad(f);
  // Both back ends compute when called, so that nothing needs to be awaited but the switch between them.
  const prepared = async (input: Float32Array, g: (x: Tensor, dy: Tensor) => Tensor): Promise<Run> => {
    await tf.setBackend(backend);
    const [x, dy] = [tf.tensor1d(input), tf.tensor1d(input.map((v) => v / 3))];
    return {
      run: async () => {
        if (tf.getBackend() !== backend) await tf.setBackend(backend);
        tf.tidy(() => void g(x, dy));
      },
      dispose: () => tf.dispose([x, dy]),
    };
  };
  return {
    ...described,
    value: (input) => compute(f, input),
    gradient: (input) => compute((x) => derivative(x), input),
    prepare: (input) => prepared(input, f),
    prepareBoth: (input) => prepared(input, derivative),
  };
}
