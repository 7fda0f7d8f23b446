import { GeluStateError } from '../shared/errors.js';
import type { Range } from './operand.js';
import type { DeviceState } from './state.js';

const COPY_DST = 8; // GPUBufferUsage, which Node has not as a global
const NOTHING = new Uint8Array(0);

/**
 * Does `work`, which encodes a pass over the ranges, and resolves when the device has taken it. WebGPU's objects do not tell whether they
 * were destroyed or are of another device: the device itself does, later.
 *
 * Rejects with GeluStateError if it does not take it; throws what `work` throws.
 */
export function accepted(state: DeviceState, ranges: readonly Range[], work: () => void): Promise<void> {
  const { device } = state;
  device.pushErrorScope('validation');
  let refusal: Promise<GPUError | null>;
  try {
    probe(state, ranges);
    work();
  } finally {
    refusal = device.popErrorScope();
  }
  return settle(state, ranges, refusal);
}

/** Lets the device look at buffers now that else it would look at when work is submitted. */
function probe({ device }: DeviceState, ranges: readonly Range[]): void {
  for (const { buffer } of ranges) if (buffer.usage & COPY_DST) device.queue.writeBuffer(buffer, 0, NOTHING);
}

async function settle(state: DeviceState, ranges: readonly Range[], refusal: Promise<GPUError | null>): Promise<void> {
  const error = await refusal.catch(() => null); // of a lost device
  if (error === null) return;
  const names = await Promise.all(ranges.map((range) => refused(state, range)));
  const buffers = ranges.filter((_, i) => names[i]).map(({ name }) => `'${name}'`);
  const what =
    buffers.length > 0
      ? `${buffers.join(', ')} must be of the same device as the kernel, and not destroyed`
      : "'encoder' must be of the same device as the kernel and its buffers, and not ended";
  throw new GeluStateError(`${what}: ${error.message}`);
}

/** Whether it is this buffer that the device does not take. */
async function refused(state: DeviceState, range: Range): Promise<boolean> {
  const { device } = state;
  device.pushErrorScope('validation');
  probe(state, [range]);
  const { buffer, offset } = range;
  const entry = { binding: 0, visibility: 4, buffer: { type: 'storage' as const } };
  const layout = device.createBindGroupLayout({ entries: [entry] });
  const start = offset - (offset % device.limits.minStorageBufferOffsetAlignment);
  device.createBindGroup({ layout, entries: [{ binding: 0, resource: { buffer, offset: start } }] });
  return (await device.popErrorScope().catch(() => null)) !== null;
}
