import type { InferenceSession } from 'onnxruntime-node';
import { type Operator, onnxModel } from './onnx-model.js';
import type { Peer, PeerSource } from './types.js';
import { packageVersion } from './version.js';

type Runtime = Pick<typeof import('onnxruntime-node'), 'InferenceSession' | 'Tensor'>;

const OPERATORS: (Operator & { form: string; approximate: Peer['approximate'] })[] = [
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
export const node: PeerSource = {
  implementation: 'ONNX Runtime node',
  load: async () => {
    const runtime = await import('onnxruntime-node');
    return peers(runtime, 'ONNX Runtime node', packageVersion('onnxruntime-node'), 'cpu');
  },
};

/** ONNX Runtime's WebAssembly kernels. */
export const web: PeerSource = {
  implementation: 'ONNX Runtime web',
  load: async () => {
    const runtime = await import('onnxruntime-web');
    runtime.env.wasm.numThreads = 1;
    return peers(runtime, 'ONNX Runtime web', packageVersion('onnxruntime-web'), 'wasm');
  },
};

/** One session per operator, on one thread. There are no gradients. */
async function peers(runtime: Runtime, implementation: string, version: string, provider: string): Promise<Peer[]> {
  const loaded: Peer[] = [];
  for (const operator of OPERATORS) {
    const session = await runtime.InferenceSession.create(onnxModel(operator), {
      executionProviders: [provider],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
    loaded.push(peer(runtime, session, implementation, version, operator.form, operator.approximate));
  }
  return loaded;
}

function peer(
  { Tensor }: Runtime,
  session: InferenceSession,
  implementation: string,
  version: string,
  form: string,
  approximate: Peer['approximate'],
): Peer {
  const tensor = (data: Float32Array) => new Tensor('float32', data, [data.length]);
  return {
    implementation,
    version,
    form,
    approximate,
    value: async (input) => {
      const { y } = await session.run({ x: tensor(input) });
      return y.data as Float32Array;
    },
    prepare: async (input) => {
      const feeds = { x: tensor(input) };
      const fetches = { y: tensor(new Float32Array(input.length)) };
      return {
        run: async () => {
          await session.run(feeds, fetches);
        },
        dispose: () => {},
      };
    },
  };
}
