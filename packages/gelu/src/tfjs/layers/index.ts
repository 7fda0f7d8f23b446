/**
 * `gelu/tfjs/layers`: GELU, its stochastic form and the gated units as layers of TensorFlow.js, and `loadLayersModel`, which reads
 * what Keras wrote as Keras means it. Needs `npm install @tensorflow/tfjs-core @tensorflow/tfjs-layers`.
 */
import type { io } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import '../index.js';
import { describe, GeluTypeError } from '../../shared/errors.js';
import { readingHandler } from '../keras/file.js';
import { type Layers, layersOn } from './define.js';

export type { GatedLayer, GatedLayerArgs, GatedLayerClass } from './gated.js';
export * from './gated-classes.generated.js';
export type { GeluLayer, GeluLayerArgs } from './gelu.js';
export type { LayerClass } from './layer.js';
export type { StochasticGeluLayer, StochasticGeluLayerArgs } from './stochastic.js';

const layers: Layers = layersOn(tfl.layers.Layer);

/**
 * GELU, for `tf.sequential` and functional models. Any shape, kept; passes masks on. Saved with a model and loaded with it.
 * A {@link LayerClass}: the constructor takes {@link GeluLayerArgs} and makes a {@link GeluLayer}.
 *
 * @example
 * new GELU({ approximate: 'tanh' }).apply(tf.tensor1d([-1, 0, 1])).dataSync(); // Float32Array [-0.15880800783634186, 0, 0.8411920070648193]
 */
export const GELU: Layers['GELU'] = layers.GELU;
/**
 * In training x·m, m ~ Bernoulli(Φ(x)), with new random numbers in every call; else gelu(x).
 * The constructor takes {@link StochasticGeluLayerArgs} and makes a {@link StochasticGeluLayer}.
 *
 * @example
 * new StochasticGELU({ seed: 7 }).apply(tf.tensor1d([-1, 0, 1])).dataSync(); // Float32Array [-0.15865525603294373, 0, 0.8413447141647339]
 */
export const StochasticGELU: Layers['StochasticGELU'] = layers.StochasticGELU;
/**
 * value · act(gate) over the halves of an axis: `activation`, by default 'sigmoid', with its `parameters`.
 * A {@link GatedLayerClass}: the constructor takes {@link GatedLayerArgs} and makes a {@link GatedLayer}.
 *
 * @example
 * new GLU({ activation: 'mish' }).apply(tf.tensor2d([[1, 2, 3, 4]])).dataSync(); // Float32Array [2.98653507232666, 7.994825839996338]
 */
export const GLU: Layers['GLU'] = layers.GLU;

/**
 * TensorFlow.js's `loadLayersModel`, for a model from any handler: a file of Keras 3 has Keras 3's hard_sigmoid. (The function of
 * TensorFlow.js does the same, for handlers that are its own and were there when `gelu/tfjs` was imported.)
 *
 * @throws GeluTypeError if `source` is neither; else as that does.
 *
 * @example
 * const model = await loadLayersModel(layersModel); // a URL, or a handler with `load`
 * model.predict(tf.tensor2d([[1]])).dataSync(); // Float32Array [1]
 */
export async function loadLayersModel(
  source: string | io.IOHandler,
  options: io.LoadOptions = {},
): Promise<tfl.LayersModel> {
  if (typeof source !== 'string' && (source === null || typeof source !== 'object'))
    throw new GeluTypeError('source', 'a URL or a handler', describe(source));
  return tfl.loadLayersModel(readingHandler(typeof source === 'string' ? handlerOf(source, options) : source), options);
}

/** The handler for a URL, as TensorFlow.js chooses it. */
function handlerOf(url: string, options: io.LoadOptions): io.IOHandler {
  const handlers = tf.io.getLoadHandlers(url, options) as io.IOHandler[];
  if (handlers.length > 1) throw new Error(`more than one handler loads '${url}'`);
  return handlers[0] ?? tf.io.browserHTTPRequest(url, options);
}
