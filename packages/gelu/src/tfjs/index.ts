/**
 * `gelu/tfjs`: GELU and the other activations inside TensorFlow.js. The import alone gives every model the accurate `gelu`,
 * `gelu_new` and `quick_gelu`. Needs `npm install @tensorflow/tfjs-core`, and @tensorflow/tfjs-layers for the layer.
 */
import { cpuKernel } from './cpu.js';
import { gradients } from './gradients.js';
import { registerNames } from './keras.js';
import { register } from './kernels.js';
import { tf } from './peers.js';
import { wasmKernel } from './wasm.js';
import { webglKernel } from './webgl.js';
import { webgpuKernel } from './webgpu.js';

export { GELU, type GeluLayer, type GeluLayerArgs, type GeluLayerClass } from './layer.js';
export { activation, gelu, type OpOptions, type TfGeluOptions } from './ops.js';

register('cpu', cpuKernel);
register('wasm', wasmKernel);
register('webgl', webglKernel);
register('webgpu', webgpuKernel);
for (const gradient of gradients) tf.registerGradient(gradient);
registerNames();
