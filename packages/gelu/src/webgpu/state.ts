import { recent } from '../shared/cache.js';
import { describe, GeluStateError, GeluTypeError } from '../shared/errors.js';
import type { Shader } from './shader.js';
import type { GPUBuffer, GPUComputePipeline, GPUDevice } from './types.js';

const UNIFORM_COPY_DST = 0x40 | 0x08; // GPUBufferUsage, which Node has not as a global
/** Small buffers with the sizes and constants of a call that are kept: a training step comes again with the same ones. */
const KEPT_CALLS = 256;

function isDevice(device: GPUDevice | undefined): boolean {
  try {
    return typeof device?.createComputePipelineAsync === 'function' && !!device.limits && !!device.queue;
  } catch {
    return false; // a proxy that throws
  }
}

/** What is kept for a device: compiled pipelines, and whether it is lost. */
export class DeviceState {
  static #states = new WeakMap<GPUDevice, DeviceState>();

  readonly device: GPUDevice;
  readonly #compiled = new Map<string, GPUComputePipeline>();
  readonly #pending = new Map<string, Promise<GPUComputePipeline>>();
  readonly #calls = recent<GPUBuffer>(KEPT_CALLS);
  #lost: string | undefined;

  private constructor(device: GPUDevice) {
    this.device = device;
    device.lost.then(({ reason, message }) => {
      this.#lost = message || reason;
    });
  }

  /** That of `device`. Throws GeluTypeError if it is no GPUDevice. */
  static of(device: GPUDevice): DeviceState {
    if (!isDevice(device)) throw new GeluTypeError('device', 'a GPUDevice', describe(device));
    const known = DeviceState.#states.get(device);
    if (known) return known;
    const state = new DeviceState(device);
    DeviceState.#states.set(device, state);
    return state;
  }

  /** Throws GeluStateError if the device is lost. */
  requireAlive(): void {
    if (this.#lost !== undefined)
      throw new GeluStateError(`'device' is lost (${this.#lost}): make a new one, and what was made with it anew`);
  }

  /** Compiles a shader in the background. Rejects with GeluStateError if the device does not take it. */
  async compile({ code }: Shader): Promise<void> {
    let pending = this.#pending.get(code);
    if (!pending) {
      pending = this.device.createComputePipelineAsync(this.#descriptor(code));
      this.#pending.set(code, pending);
    }
    try {
      this.#compiled.set(code, await pending);
    } catch (error) {
      this.#pending.delete(code);
      this.requireAlive();
      throw new GeluStateError(`the device does not compile the shader: ${(error as Error).message}`);
    }
  }

  /** The pipeline of a shader, compiled at once if it is not yet. */
  pipeline({ code }: Shader): GPUComputePipeline {
    let pipeline = this.#compiled.get(code);
    if (!pipeline) {
      pipeline = this.device.createComputePipeline(this.#descriptor(code));
      this.#compiled.set(code, pipeline);
    }
    return pipeline;
  }

  /** A uniform buffer with these bytes. */
  uniform(data: ArrayBuffer): GPUBuffer {
    return this.#calls(String(new Uint32Array(data)), () => {
      const buffer = this.device.createBuffer({ size: data.byteLength, usage: UNIFORM_COPY_DST });
      this.device.queue.writeBuffer(buffer, 0, data);
      return buffer;
    });
  }

  #descriptor(code: string): GPUComputePipelineDescriptor {
    const module = this.device.createShaderModule({ code, label: 'gelu' });
    return { label: 'gelu', layout: 'auto', compute: { module, entryPoint: 'main' } };
  }
}
