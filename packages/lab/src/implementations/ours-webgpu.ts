import { createGeluGPU } from 'gelu/webgpu';
import { packageVersion } from '../run/versions.js';
import { FORMS } from './forms.js';
import type { Implementation } from './types.js';
import { adapterName, openAdapter } from './webgpu.js';

const STORAGE_COPY_DST = 0x88; // GPUBufferUsage, which Node has not as a global

/** `gelu/webgpu` on the adapter that there is. */
export async function load(): Promise<Implementation[]> {
  const adapter = await openAdapter();
  const device = await adapter.requestDevice();
  const gpu = await createGeluGPU(device);
  return Promise.all(
    FORMS.map(async (approximate): Promise<Implementation> => {
      const f = await gpu.activation('gelu', { approximate });
      return {
        implementation: `gelu/webgpu on ${adapterName(adapter)} (this library)`,
        version: packageVersion('gelu'),
        form: approximate,
        approximate,
        value: (x) => f.forward(x),
        gradient: (x) => f.backward(new Float32Array(x.length).fill(1), x),
        prepare: async (x) => {
          const [input, output] = [0, 1].map(() =>
            device.createBuffer({ size: x.byteLength, usage: STORAGE_COPY_DST }),
          );
          device.queue.writeBuffer(input, 0, x as Float32Array<ArrayBuffer>);
          return {
            run: async () => {
              const encoder = device.createCommandEncoder();
              f.encodeForward(encoder, { input, output });
              device.queue.submit([encoder.finish()]);
              await device.queue.onSubmittedWorkDone();
            },
            dispose: () => {
              for (const buffer of [input, output]) buffer.destroy();
            },
          };
        },
      };
    }),
  );
}
