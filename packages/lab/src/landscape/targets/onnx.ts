import type { InferenceSession } from 'onnxruntime-node';
import { loadRuntime, type Runtime } from '../../implementations/onnx.js';
import { withoutTraces } from '../../implementations/traces.js';
import { FLOAT16, FLOAT32, FLOAT64 } from '../../onnx-models/graph-builder.js';
import { packageVersion } from '../../run/versions.js';
import type { Format, Numbers } from '../format.js';
import type { FunctionName } from '../functions.js';
import { fromHalves, toHalves } from '../halves.js';
import type { Loader } from '../target.js';
import { functionModel, ONNX_FUNCTIONS } from './onnx-functions.js';

const TYPES: Readonly<Record<Format, number>> = { float16: FLOAT16, float32: FLOAT32, float64: FLOAT64 };
/** Most operators have kernels for float64 at this opset only. */
const OPSETS: Readonly<Record<Format, (name: FunctionName) => number>> = {
  float32: () => 20,
  float16: () => 20,
  float64: (name) => (name.startsWith('gelu') ? 20 : 18),
};

/** ONNX Runtime on the processor, its operators in models of one activation. It gives no gradients. */
export const load =
  (kind: 'node' | 'web', format: Format): Loader =>
  async () => {
    const runtime = await loadRuntime(kind);
    const sessions = new Map<FunctionName, InferenceSession>();
    return {
      title: `ONNX Runtime ${kind}, ${kind === 'node' ? 'cpu' : 'wasm'}, ${format}`,
      versions: { [`onnxruntime-${kind}`]: packageVersion(`onnxruntime-${kind}`) },
      format,
      orders: 0,
      timed: format !== 'float16', // which has to be packed and unpacked here
      calls: Object.fromEntries(Object.entries(ONNX_FUNCTIONS).map(([name, [call]]) => [name, call])),
      evaluate: async (name, x) => {
        // The first session loads the WebAssembly.
        const session = sessions.get(name) ?? (await withoutTraces(() => sessionOf(runtime, kind, name, format)));
        sessions.set(name, session);
        const { y } = await session.run({ x: tensorOf(runtime, x, format) });
        return numbersOf(y.data);
      },
      close: async () => {
        for (const session of sessions.values()) await session.release();
      },
    };
  };

function sessionOf(
  runtime: Runtime,
  kind: 'node' | 'web',
  name: FunctionName,
  format: Format,
): Promise<InferenceSession> {
  return runtime.InferenceSession.create(functionModel(name, TYPES[format], OPSETS[format](name)), {
    executionProviders: [kind === 'node' ? 'cpu' : 'wasm'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
  });
}

export function tensorOf(
  { Tensor }: Pick<Runtime, 'Tensor'>,
  x: Numbers,
  format: Format,
): InstanceType<Runtime['Tensor']> {
  if (format === 'float16') return new Tensor('float16', toHalves(x) as never, [x.length]);
  return new Tensor(format, x as never, [x.length]);
}

export function numbersOf(data: unknown): Numbers {
  return data instanceof Float64Array || data instanceof Float32Array ? data : fromHalves(data as Uint16Array);
}
