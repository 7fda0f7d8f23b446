import type { numpy as np } from '@jax-js/jax';
import { packageVersion } from '../run/versions.js';
import type { Implementation } from './types.js';

type Jax = typeof import('@jax-js/jax');
type Unary = (x: np.Array) => np.Array;

/** `nn.gelu` of jax-js on its WebAssembly back end, under jit; derivatives by its grad. */
export async function load(): Promise<Implementation[]> {
  const jax = await start();
  const version = packageVersion('@jax-js/jax');
  return (['none', 'tanh'] as const).map((approximate) =>
    jaxImplementation(jax, 'jax-js wasm', version, approximate, (x) =>
      jax.nn.gelu(x, { approximate: approximate === 'tanh' }),
    ),
  );
}

/** The adapter `gelu/jax` of this library on the same back end. */
export async function loadOurs(): Promise<Implementation[]> {
  const adapter: string = 'gelu/jax';
  const { gelu }: { gelu: (x: np.Array, options: { approximate: string }) => np.Array } = await import(adapter);
  const jax = await start();
  return (['none', 'tanh'] as const).map((approximate) =>
    jaxImplementation(jax, 'gelu/jax (this library)', packageVersion('gelu'), approximate, (x) =>
      gelu(x, { approximate }),
    ),
  );
}

async function start(): Promise<Jax> {
  const jax = await import('@jax-js/jax');
  const devices = await jax.init('wasm');
  if (!devices.includes('wasm')) throw new Error('the wasm back end does not start');
  return jax;
}

function jaxImplementation(
  jax: Jax,
  implementation: string,
  version: string,
  approximate: Implementation['approximate'],
  f: Unary,
): Implementation {
  const { grad, jit, numpy } = jax;
  const array = (input: Float32Array) => numpy.array(input as Float32Array<ArrayBuffer>, { device: 'wasm' });
  const compute = async (g: Unary, input: Float32Array): Promise<Float32Array> => {
    const compiled = jit(g);
    const data = (await compiled(array(input)).data()) as Float32Array;
    compiled.dispose();
    return data;
  };
  return {
    implementation,
    version,
    form: approximate,
    approximate,
    value: (input) => compute(f, input),
    gradient: (input) =>
      compute(
        grad((x: np.Array) => f(x).sum()),
        input,
      ),
    prepare: async (input) => {
      const compiled = jit(f);
      const x = array(input);
      return {
        run: async () => {
          const y = await compiled(x.ref).blockUntilReady();
          y.dispose();
        },
        dispose: () => {
          x.dispose();
          compiled.dispose();
        },
      };
    },
  };
}
