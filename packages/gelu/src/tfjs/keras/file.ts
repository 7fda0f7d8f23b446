import type { io } from '@tensorflow/tfjs-core';
import type { TensorFlow } from './core.js';

/** A value of a model's JSON. */
type Json = { readonly [key: string]: unknown } | readonly unknown[] | string | number | boolean | null | undefined;

/**
 * A model's topology as TensorFlow.js understands it: in a file of Keras 3 hard_sigmoid is relu6(x + 3)/6, which is called
 * hardsigmoid here; TensorFlow.js takes it for that of Keras 2, 0.2·x + 0.5.
 */
function readTopology(topology: object): object {
  const { keras_version: version, model_config: model } = topology as {
    keras_version?: unknown;
    model_config?: object;
  };
  const inner = (model as { keras_version?: unknown } | undefined)?.keras_version;
  const major = /^(\d+)\./.exec(String(version ?? inner ?? ''))?.[1];
  return major !== undefined && Number(major) >= 3 ? (renamed(topology as Json) as object) : topology;
}

/** The JSON with other names of activations; the same object where there are none. */
function renamed(value: Json, key = ''): Json {
  if (value === 'hard_sigmoid' && /^((recurrent_)?activation|class_name|config)$/.test(key)) return 'hardsigmoid';
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => renamed(item as Json, key));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, renamed(item as Json, name)]));
}

/** The artifacts that a handler has loaded, with the topology as TensorFlow.js understands it. */
function readArtifacts(artifacts: io.ModelArtifacts): io.ModelArtifacts {
  const { modelTopology } = artifacts;
  if (modelTopology === null || typeof modelTopology !== 'object') return artifacts;
  const topology = readTopology(modelTopology);
  return topology === modelTopology ? artifacts : { ...artifacts, modelTopology: topology };
}

/** A handler whose models are read so. */
export function readingHandler(handler: io.IOHandler): io.IOHandler {
  const { load } = handler;
  if (load === undefined) return handler;
  return { ...handler, load: async () => readArtifacts(await load.call(handler)) };
}

const PATCHED = Symbol.for('gelu/tfjs reads');

/**
 * Makes the handlers of TensorFlow.js read so too: those for memory, HTTP, chosen files and, with tfjs-node, the file system. It
 * is the only place where a file's version can be seen, since `loadLayersModel` drops it.
 */
export function patchHandlers({ io }: TensorFlow): void {
  const samples: (() => object | undefined)[] = [
    () => io.fromMemorySync({ modelTopology: {} }),
    () => io.http('http://localhost/model.json', { fetchFunc: () => undefined as never }),
    () => io.browserFiles([{ name: 'model.json' } as File]),
    () => io.getLoadHandlers('file://model.json')[0] as object | undefined,
  ];
  for (const sample of samples) {
    const handler = quietly(sample);
    const prototype = handler && (Object.getPrototypeOf(handler) as Loader);
    if (!prototype || typeof prototype.load !== 'function' || Object.hasOwn(prototype, PATCHED)) continue;
    const { load } = prototype;
    prototype.load = function (this: unknown) {
      const loaded = load.call(this);
      return loaded instanceof Promise ? loaded.then(readArtifacts) : readArtifacts(loaded as io.ModelArtifacts);
    };
    Object.defineProperty(prototype, PATCHED, { value: true });
  }
}

interface Loader {
  load(): io.ModelArtifacts | Promise<io.ModelArtifacts>;
}

/** What f gives; undefined where the platform has not what it needs. */
function quietly<T>(f: () => T): T | undefined {
  try {
    return f();
  } catch {
    return undefined;
  }
}
