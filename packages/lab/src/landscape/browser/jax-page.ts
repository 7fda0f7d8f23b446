import * as jax from '@jax-js/jax';
import { jaxFunctions } from '../targets/jax-functions.js';
import { floats, packed, serve, webglAdapter, webgpuAdapter } from './page.js';

type Unary = (x: jax.numpy.Array) => jax.numpy.Array;

const functions = jaxFunctions(jax) as Record<string, readonly [call: string, f: Unary]>;
const derivative = (f: Unary, order: number): Unary =>
  order === 0 ? f : derivative(jax.grad((x: jax.numpy.Array) => f(x).sum()) as Unary, order - 1);
const compiled = new Map<string, ReturnType<typeof jax.jit<Unary>>>();
let device: jax.Device = 'wasm';

serve({
  load: async (wanted) => {
    device = wanted as jax.Device;
    if (!(await jax.init(device)).includes(device)) throw new Error(`the ${device} back end does not start`);
    return {
      calls: Object.fromEntries(Object.entries(functions).map(([name, [call]]) => [name, call])),
      adapter: device === 'webgl' ? webglAdapter() : await webgpuAdapter(),
    };
  },
  evaluate: async (name, x, order) => {
    const key = `${name} ${order}`;
    const f = compiled.get(key) ?? jax.jit(derivative(functions[name][1], order));
    compiled.set(key, f);
    return packed((await f(jax.numpy.array(floats(x), { device })).data()) as Float32Array);
  },
});
