/**
 * `gelu/tfjs/converter`: graph models of TensorFlow.js, loaded with this library's activations. Needs
 * `npm install @tensorflow/tfjs-core @tensorflow/tfjs-converter`.
 */
import * as tfc from '@tensorflow/tfjs-converter';
import type { io as IO } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import '../index.js';
import { describe, GeluTypeError } from '../../shared/errors.js';
import { type GraphActivation, type GraphRewriteOptions, rewriteGraphModel } from '../graph/index.js';
import type { GraphModelJSON } from '../graph/model.js';
import { type Converter, registerOperation } from './operation.js';

registerOperation(tfc as unknown as Converter);

/** Options of {@link loadGraphModel}: those of TensorFlow.js, and what is rewritten. */
export interface LoadGraphModelOptions extends IO.LoadOptions, GraphRewriteOptions {
  /** Is told what was rewritten, before the model is made. */
  readonly onRewrite?: ((rewritten: readonly GraphActivation[]) => void) | undefined;
}

/**
 * TensorFlow.js's `loadGraphModel`, with each GELU (around erf, erfc, tanh or σ), SiLU, Mish and HardSwish of the graph as one operation
 * of this library: as accurate and as fast as `gelu` of `gelu/tfjs`, on every backend. All else of the graph stays as it is, the
 * weights too.
 *
 * With `streamWeights` the weights are held whole while the model is loaded: the constants among them say what the graph means.
 *
 * @param model a URL, or a handler with `load`; with `fromTFHub` as TensorFlow.js takes it.
 * @throws GeluTypeError if `model` is neither; GraphModelError if it loads no graph model; else what loading it throws.
 *
 * @example
 * const model = await loadGraphModel(handler); // or a URL
 * model.predict(tf.tensor1d([-1, 0, 1])).dataSync(); // Float32Array [-0.15865525603294373, 0, 0.8413447141647339]
 */
export async function loadGraphModel(
  model: string | IO.IOHandler,
  options: LoadGraphModelOptions = {},
  io: typeof IO = tf.io,
): Promise<tfc.GraphModel> {
  const { keep, filter, onRewrite, fromTFHub, ...loading } = options ?? {};
  if (typeof model !== 'string' && typeof model?.load !== 'function')
    throw new GeluTypeError('model', 'a URL or a handler that loads', describe(model));
  const from =
    fromTFHub && typeof model === 'string' ? `${model.replace(/\/?$/, '/')}model.json?tfjs-format=file` : model;
  const handler: IO.IOHandler = {
    load: async () => {
      const artifacts = await whole(await loaderOf(from, loading, io).load());
      const { model: result, rewritten } = rewriteGraphModel(artifacts as GraphModelJSON, weightsOf(artifacts), {
        keep,
        filter,
      });
      onRewrite?.(rewritten);
      return result as IO.ModelArtifacts;
    },
  };
  return tfc.loadGraphModel(handler, loading, io);
}

type Loader = { load: NonNullable<IO.IOHandler['load']> };

/** The handler for a URL, as TensorFlow.js chooses it. */
function loaderOf(from: string | IO.IOHandler, loading: IO.LoadOptions, io: typeof IO): Loader {
  if (typeof from !== 'string') return from as Loader;
  if (loading.requestInit != null) return io.browserHTTPRequest(from, loading) as Loader;
  const handlers = io.getLoadHandlers(from, loading) as Loader[];
  if (handlers.length > 1) throw new Error(`more than one handler loads '${from}'`);
  return handlers[0] ?? (io.browserHTTPRequest(from, loading) as Loader);
}

const weightsOf = ({ weightData = new ArrayBuffer(0) }: IO.ModelArtifacts): ArrayBuffer[] =>
  Array.isArray(weightData) ? weightData : [weightData];

/** Artifacts whose weights come as a stream, with the weights. */
async function whole({ getWeightStream, ...artifacts }: IO.ModelArtifacts): Promise<IO.ModelArtifacts> {
  if (getWeightStream === undefined) return artifacts;
  const weightData: ArrayBuffer[] = [];
  const reader = getWeightStream().getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) weightData.push(part.value);
  return { ...artifacts, weightData };
}
