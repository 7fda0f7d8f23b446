// Written by scripts/generate.mjs from the files of src/activations, which are the place for changes.
import * as tfl from '@tensorflow/tfjs-layers';
import { layersOn } from './define.js';
import type { GatedLayers } from './gated.generated.js';

const layers: GatedLayers = layersOn(tfl.layers.Layer);

/**
 * value · gelu(gate) over the halves of an axis.
 *
 * @example
 * new GEGLU().apply(tf.tensor2d([[1, 2, 3, 4]])).dataSync().length; // 2
 */
export const GEGLU: GatedLayers['GEGLU'] = layers.GEGLU;
/**
 * value · gate over the halves of an axis.
 *
 * @example
 * new BilinearGLU().apply(tf.tensor2d([[1, 2, 3, 4]])).dataSync().length; // 2
 */
export const BilinearGLU: GatedLayers['BilinearGLU'] = layers.BilinearGLU;
/**
 * value · relu(gate) over the halves of an axis.
 *
 * @example
 * new ReGLU().apply(tf.tensor2d([[1, 2, 3, 4]])).dataSync().length; // 2
 */
export const ReGLU: GatedLayers['ReGLU'] = layers.ReGLU;
/**
 * value · silu(gate) over the halves of an axis.
 *
 * @example
 * new SwiGLU().apply(tf.tensor2d([[1, 2, 3, 4]])).dataSync().length; // 2
 */
export const SwiGLU: GatedLayers['SwiGLU'] = layers.SwiGLU;
