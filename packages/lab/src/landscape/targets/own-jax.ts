import { packageVersion } from '../../run/versions.js';
import { boundOf, FUNCTION_NAMES } from '../functions.js';
import type { Loader } from '../target.js';
import { jaxTarget, startJax } from './jax.js';

/** `gelu/jax` on the WebAssembly back end of jax-js. */
export const load: Loader = async () => {
  const jax = await startJax('wasm');
  const { activationFunction } = await import('gelu/jax');
  const functions = FUNCTION_NAMES.map((name) => {
    const bound = boundOf(name);
    return [
      name,
      [`activationFunction('${bound.definition.name}')`, activationFunction(bound.definition.name, bound.parameters)],
    ] as const;
  });
  return jaxTarget(jax, 'wasm', 'gelu/jax (this library), wasm', Object.fromEntries(functions) as never, {
    gelu: packageVersion('gelu'),
    '@jax-js/jax': packageVersion('@jax-js/jax'),
  });
};
