import { type Activation, activation, activations, type Bound, bind } from '../activations/index.js';
import { plain } from '../activations/model/names.js';
import type { GivenParameters, ParameterValues } from '../activations/model/parameters.js';
import { requireActivation } from '../activations/model/require.js';
import { requireOptions } from '../input/options.js';
import { describe, GeluRangeError, GeluStateError } from '../shared/errors.js';
import { shaderFor } from './encode.js';
import { GPUActivation } from './gpu-activation.js';
import { GPUGatedUnit } from './gpu-gated.js';
import type { Range } from './operand.js';
import { type GPUDType, type Pass, READS } from './shader.js';
import { DeviceState } from './state.js';
import type { GPUBuffer, GPUDevice } from './types.js';

/** Options of `GeluGPU.activation`. */
export interface GPUActivationOptions {
  /** The type of the numbers in buffers and arrays. Default 'float32'. 'float16' needs no feature of the device. */
  readonly dtype?: GPUDType | undefined;
}

/**
 * The activations on one device.
 *
 * @example
 * const gpu = await createGeluGPU(device);
 * const swiglu = await gpu.gated('swiglu');
 * (await swiglu.forward(new Float32Array([1, 2]), new Float32Array([3, 4]))).length; // 2
 */
export class GeluGPU {
  readonly device: GPUDevice;
  readonly #state: DeviceState;

  /** @throws GeluTypeError if `device` is no GPUDevice. */
  constructor(device: GPUDevice) {
    this.#state = DeviceState.of(device);
    this.device = device;
  }

  /**
   * The activation of that name, with its kernels compiled: 'gelu' (`{ approximate }`), 'silu', 'leaky_relu', … and parameters as for
   * `activation` of the core. Kernels are kept for the device, and other parameters need no new ones.
   *
   * @throws (rejects with) GeluTypeError, GeluRangeError for a name, parameter or option that is not allowed; GeluTypeError for
   * one that no few hundred polynomials can follow; GeluStateError if the device is lost or does not compile.
   */
  async activation(
    name: string | Bound | Activation = 'gelu',
    parameters: GivenParameters = {},
    options: GPUActivationOptions = {},
  ): Promise<GPUActivation> {
    const dtype = dtypeOf(options);
    this.#state.requireAlive();
    const bound = boundOf(name, parameters);
    await this.#compile(bound, ['forward', 'backward'], dtype);
    return new GPUActivation(this.#state, bound, dtype);
  }

  /**
   * A gated unit, value · act(gate), with its kernels compiled: by its name, 'glu' (σ), 'geglu', 'swiglu', 'reglu', 'bilinear' and those
   * of activations of your own, or with any activation as its gate, by its name or as for {@link activation}. `parameters` are the
   * activation's.
   *
   * @throws (rejects with) as {@link activation}.
   */
  async gated(
    name: string | Bound | Activation = 'glu',
    parameters: GivenParameters = {},
    options: GPUActivationOptions = {},
  ): Promise<GPUGatedUnit> {
    const dtype = dtypeOf(options);
    this.#state.requireAlive();
    const bound = boundOf(gateOf(name), parameters);
    await this.#compile(bound, ['gated', 'gatedValue', 'gatedGate', 'halves', 'halvesBackward'], dtype);
    return new GPUGatedUnit(this.#state, bound, dtype);
  }

  async #compile(bound: Bound, passes: readonly Pass[], dtype: GPUDType): Promise<void> {
    await Promise.all(
      passes.map((pass) => this.#state.compile(shaderFor(bound, pass, dtype, apart(READS[pass].length)))),
    );
  }
}

function dtypeOf(options: GPUActivationOptions): GPUDType {
  requireOptions(options, ['dtype']);
  const { dtype = 'float32' } = options;
  if (dtype !== 'float32' && dtype !== 'float16')
    throw new GeluRangeError('dtype', "'float32' or 'float16'", describe(dtype));
  return dtype;
}

/** The activation of a gated unit's gate, by the unit's name. */
function gateOf(name: string | Bound | Activation): string | Bound | Activation {
  if (typeof name !== 'string') return name;
  const wanted = plain(name);
  if (wanted === 'glu') return 'sigmoid';
  const unit = activations.find(({ gated }) => gated && [gated.name, gated.layer].map(plain).includes(wanted));
  return unit ?? name;
}

function boundOf(name: string | Bound | Activation, parameters: GivenParameters): Bound {
  if (typeof name === 'string') return activation(name, parameters);
  const known = requireActivation(name);
  return 'definition' in known ? known : bind(known, parameters as ParameterValues);
}

/** Ranges in buffers of their own, as most calls have them. */
function apart(reads: number): Range[] {
  return Array.from({ length: reads + 1 }, () => ({
    name: '',
    buffer: {} as GPUBuffer,
    offset: 0,
    size: 0,
    exact: true,
  }));
}

/**
 * The activations on `device`, or on one that is asked for here.
 *
 * @throws (rejects with) GeluTypeError if `device` is no GPUDevice; GeluStateError if there is none to be had.
 *
 * @example
 * const gpu = await createGeluGPU(device); // in a browser without an argument
 * const kernel = await gpu.activation('gelu');
 * (await kernel.forward(new Float32Array([-1, 0, 1]))).length; // 3
 */
export async function createGeluGPU(device?: GPUDevice): Promise<GeluGPU> {
  return new GeluGPU(device === undefined ? await defaultDevice() : device);
}

async function defaultDevice(): Promise<GPUDevice> {
  const gpu = (globalThis.navigator as Navigator | undefined)?.gpu;
  if (!gpu)
    throw new GeluStateError("no WebGPU here: in Node install the package 'webgpu' and give createGeluGPU a device");
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new GeluStateError('WebGPU has no adapter on this machine');
  return adapter.requestDevice();
}
