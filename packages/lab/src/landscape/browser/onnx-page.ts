import * as ort from 'onnxruntime-web/webgpu';
import { floats, packed, serve, unpacked, webgpuAdapter } from './page.js';

const sessions = new Map<string, ort.InferenceSession>();
let models: Record<string, string> = {};
let device = 'webgpu';

serve({
  load: async (wanted, given) => {
    [device, models] = [wanted, given];
    ort.env.wasm.wasmPaths = '/onnxruntime/';
    ort.env.wasm.numThreads = 1;
    ort.env.logLevel = 'fatal';
    const adapter = await webgpuAdapter();
    if (adapter === '') throw new Error('the browser has no WebGPU adapter');
    return { calls: {}, adapter };
  },
  evaluate: async (name, x) => {
    const session =
      sessions.get(name) ??
      (await ort.InferenceSession.create(unpacked(models[name]), {
        executionProviders: [device],
        logSeverityLevel: 4,
      }));
    sessions.set(name, session);
    const data = floats(x);
    const { y } = await session.run({ x: new ort.Tensor('float32', data, [data.length]) });
    return packed((await y.getData()) as Float32Array);
  },
});
