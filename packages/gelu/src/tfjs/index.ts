/**
 * `gelu/tfjs`: GELU and the other activations inside TensorFlow.js. The import alone gives every model the accurate `gelu`,
 * `gelu_new` and `quick_gelu`, and the activations of Keras as Keras means them. Needs `npm install @tensorflow/tfjs-core`.
 *
 * Layers are in `gelu/tfjs/layers`, graph models in `gelu/tfjs/converter` and `gelu/tfjs/graph`.
 */
import * as tf from '@tensorflow/tfjs-core';
import { type Converter, registerOperation } from './converter/operation.js';
import { cpuKernel } from './cpu.js';
import { gradients } from './gradients.js';
import type { TensorFlow } from './keras/core.js';
import { install } from './keras/install.js';
import { register } from './kernels.js';
import { layersOn } from './layers/define.js';
import type { LayerBase } from './layers/layer.js';
import { wasmKernel } from './wasm.js';
import { webglKernel } from './webgl.js';
import { webgpuKernel } from './webgpu.js';

export * from './gated.generated.js';
export { glu, type TfGatedFunction, type TfGatedOptions, type TfGluOptions } from './gated.js';
export { activation, type FormOptions, gelu, type NamedOptions, type OpOptions, type TfGeluOptions } from './ops.js';
export { stochasticGelu, stochasticRrelu, type TfRreluOptions, type TfStochasticOptions } from './stochastic.js';

register('cpu', cpuKernel);
register('wasm', wasmKernel);
register('webgl', webglKernel);
register('webgpu', webgpuKernel);
for (const gradient of gradients) tf.registerGradient(gradient);

// Kernels and gradients are those of all copies of TensorFlow.js; what layers and graphs know by name is each copy's own: the
// package's, and that of a page's <script>.
const script = (globalThis as { tf?: Partial<TensorFlow & Converter> }).tf;
for (const copy of [tf, script])
  if (copy?.serialization && copy.io) {
    const { serialization } = copy;
    install(copy as TensorFlow, (Base) => {
      for (const layer of Object.values(layersOn(Base as unknown as LayerBase)))
        serialization.registerClass(layer as never);
    });
  }
if (script?.registerOp) registerOperation(script as Converter);
