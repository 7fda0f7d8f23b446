import type { Tensor } from '@tensorflow/tfjs-core';
import { startTfjs } from '../../implementations/tfjs.js';
import { packageVersion } from '../../run/versions.js';
import { boundOf, FUNCTION_NAMES } from '../functions.js';
import type { Loader } from '../target.js';
import { plainFunctions, tfjsTarget } from './tfjs.js';

/** `gelu/tfjs` on a back end of TensorFlow.js. */
export const load =
  (backend: 'cpu' | 'wasm'): Loader =>
  async () => {
    const tf = await startTfjs(backend);
    await plainFunctions(tf); // before the import below gives their names to better ones
    const { activation } = await import('gelu/tfjs');
    const functions = FUNCTION_NAMES.map((name) => {
      const { definition, parameters } = boundOf(name);
      const call = (x: Tensor): Tensor => activation(definition.layer, x, parameters as Record<string, number>);
      return [name, [`activation('${definition.layer}', x)`, call]] as const;
    });
    return tfjsTarget(tf, backend, `gelu/tfjs (this library), ${backend}`, Object.fromEntries(functions), {
      gelu: packageVersion('gelu'),
      '@tensorflow/tfjs-core': packageVersion('@tensorflow/tfjs-core'),
    });
  };
