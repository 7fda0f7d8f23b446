import type { InferenceSession } from 'onnxruntime-node';
import { packageVersion } from '../run/versions.js';
import { type Operator, onnxModel } from './onnx-model.js';
import type { Implementation, ImplementationSource } from './types.js';

/** What both packages have. */
export type Runtime = Pick<typeof import('onnxruntime-node'), 'InferenceSession' | 'Tensor'>;

const OPERATORS: (Operator & { form: string; approximate: Implementation['approximate'] })[] = [
  { form: 'none', approximate: 'none', op: 'Gelu', domain: '', attributes: {} },
  { form: 'tanh', approximate: 'tanh', op: 'Gelu', domain: '', attributes: { approximate: 'tanh' } },
  { form: 'tanh (FastGelu)', approximate: 'tanh', op: 'FastGelu', domain: 'com.microsoft', attributes: {} },
  {
    form: 'sigmoid (QuickGelu)',
    approximate: 'sigmoid',
    op: 'QuickGelu',
    domain: 'com.microsoft',
    attributes: { alpha: 1.702 },
  },
];

/** ONNX Runtime's native CPU kernels. */
export const node: ImplementationSource = {
  implementation: 'ONNX Runtime node',
  load: async () => implementations(await loadRuntime('node'), 'node'),
};

/** ONNX Runtime's WebAssembly kernels. */
export const web: ImplementationSource = {
  implementation: 'ONNX Runtime web',
  load: async () => implementations(await loadRuntime('web'), 'web'),
};

/** The native package, or the one for browsers, on one thread. */
export async function loadRuntime(kind: 'node' | 'web'): Promise<Runtime> {
  if (kind === 'node') return await import('onnxruntime-node');
  const runtime = await import('onnxruntime-web');
  runtime.env.wasm.numThreads = 1;
  return runtime;
}

/** One session per operator. There are no gradients. */
async function implementations(runtime: Runtime, kind: 'node' | 'web'): Promise<Implementation[]> {
  const loaded: Implementation[] = [];
  for (const operator of OPERATORS)
    loaded.push(await modelImplementation(runtime, kind, onnxModel(operator), operator.form, operator.approximate));
  return loaded;
}

/** A model of one float32 input of any length and one output, on one thread. */
export async function modelImplementation(
  runtime: Runtime,
  kind: 'node' | 'web',
  model: Uint8Array,
  form: string,
  approximate: Implementation['approximate'],
): Promise<Implementation> {
  const session = await runtime.InferenceSession.create(model, {
    executionProviders: [kind === 'node' ? 'cpu' : 'wasm'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const version = packageVersion(`onnxruntime-${kind}`);
  return implementationOf(runtime, session, `ONNX Runtime ${kind}`, version, form, approximate);
}

function implementationOf(
  { Tensor }: Runtime,
  session: InferenceSession,
  implementation: string,
  version: string,
  form: string,
  approximate: Implementation['approximate'],
): Implementation {
  const [inputName, outputName] = [session.inputNames[0], session.outputNames[0]];
  const dimensions = dimensionsOf(session);
  const tensor = (data: Float32Array) => new Tensor('float32', data, dimensions(data.length));
  return {
    implementation,
    version,
    form,
    approximate,
    value: async (input) => {
      const results = await session.run({ [inputName]: tensor(input) });
      return results[outputName].data as Float32Array;
    },
    prepare: async (input) => {
      const feeds = { [inputName]: tensor(input) };
      const fetches = { [outputName]: tensor(new Float32Array(input.length)) };
      return {
        run: async () => {
          await session.run(feeds, fetches);
        },
        dispose: () => {},
      };
    },
  };
}

/** How a vector of some length is shaped for the input of a model. */
function dimensionsOf({ inputNames, outputNames, inputMetadata }: InferenceSession): (length: number) => number[] {
  const [input] = inputMetadata;
  if (inputNames.length !== 1 || outputNames.length !== 1 || !input.isTensor)
    throw new Error(
      `a model of one input and one output is needed, it has ${inputNames.length} and ${outputNames.length}`,
    );
  if (input.type !== 'float32') throw new Error(`its input must be float32, not ${input.type}`);
  const free = input.shape.findLastIndex((size) => typeof size === 'string' || size < 0);
  if (free < 0 || input.shape.some((size) => typeof size === 'number' && size > 1))
    throw new Error(`its input must have any length, not the shape [${input.shape.join(', ')}]`);
  return (length) => input.shape.map((_, i) => (i === free ? length : 1));
}
