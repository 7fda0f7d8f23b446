import type { Bound } from '../activations/model/activation.js';
import { outputFor, requireAttached, requireLike } from '../input/arrays.js';
import { arrayClass, type Float16ArrayLike } from '../kernels/dtypes.js';
import { describe, GeluStateError, GeluTypeError } from '../shared/errors.js';
import { prepare } from './encode.js';
import type { Range } from './operand.js';
import { BYTES, type GPUDType, type Pass, READS } from './shader.js';
import type { DeviceState } from './state.js';
import type { GPUBuffer, GPUCommandEncoder, GPUSupportedLimits } from './types.js';

/** The arrays that the functions take: float32, or float16 as numbers or as bits. */
export type GPUArray = Float32Array | Float16ArrayLike | Uint16Array;

// GPUBufferUsage and GPUMapMode, which Node has not as globals.
const MAP_READ = 1;
const COPY_SRC = 4;
const COPY_DST = 8;
const STORAGE = 0x80;
/** Bytes of an array that are on the GPU at a time. */
const PART = 1 << 26;

/** How many bytes of each array go to a device at a time. */
export const partOf = ({ maxBufferSize, maxStorageBufferBindingSize }: GPUSupportedLimits): number =>
  Math.min(PART, maxBufferSize, maxStorageBufferBindingSize) / 2;

/** The classes of arrays of each type. */
export const CLASSES: { readonly [dtype in GPUDType]: readonly string[] } = {
  float32: ['Float32Array'],
  float16: ['Float16Array', 'Uint16Array'],
};

/**
 * Runs a pass on arrays in the processor's memory: up, through the kernel, and back, part by part.
 *
 * Throws GeluTypeError or GeluRangeError for arrays that are not what is wanted, GeluStateError if the device fails.
 */
export async function runOnArrays<T extends GPUArray>(
  state: DeviceState,
  bound: Bound,
  pass: Pass,
  dtype: GPUDType,
  inputs: readonly T[],
  wanted: unknown,
): Promise<T> {
  const names = READS[pass];
  const x = inputs.at(-1)!;
  if (!CLASSES[dtype].includes(arrayClass(x) ?? ''))
    throw new GeluTypeError('input', `a ${CLASSES[dtype].join(' or ')}`, describe(x));
  requireAttached(x, 'input');
  inputs.slice(0, -1).forEach((array, k) => {
    requireLike(array, x, names[k]);
  });
  const out = outputFor(wanted, x, ...inputs.slice(0, -1));
  state.requireAlive();
  const step = Math.floor(partOf(state.device.limits) / BYTES[dtype]);
  const { length } = x;
  for (let from = 0; from < length; from += step) {
    // The caller has the arrays while the device works, and may transfer or shrink them.
    inputs.forEach((array, k) => {
      requireWhole(array, length, names[k]);
    });
    requireWhole(out, length, 'out');
    const [at, end] = [from, Math.min(from + step, length)].map((element) => element * BYTES[dtype]);
    const last = inputs.length - 1;
    const [result] = await transfer(
      state,
      {
        inputs: inputs.map((array, k) => ({ name: names[k], bytes: bytes(array).subarray(at, end) })),
        outputs: [{ name: 'out', size: end - at, over: last }],
      },
      (encoder, read, written) => prepare(state, encoder, bound, pass, dtype, [...read, ...written])(),
    );
    requireWhole(out, length, 'out');
    bytes(out).set(result, at);
  }
  return out;
}

/** An array's bytes. */
export const bytes = (array: GPUArray): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Throws GeluStateError if an array was transferred or shrunk since the call. */
export function requireWhole(array: GPUArray, length: number, name: string): void {
  if (array.length < length) throw new GeluStateError(`'${name}' was transferred or shrunk while the device worked`);
}

/** Whether memory may grow, shrink or be shared: the device's queue takes no such array, or reads beyond what is left of it. */
function isLoose(buffer: ArrayBufferLike & { readonly resizable?: boolean }): boolean {
  return !(buffer instanceof ArrayBuffer) || buffer.resizable === true;
}

/** What is read, as bytes, and where a result goes: into a buffer of its own, or over one that is read. */
export interface Transfer {
  readonly inputs: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly outputs: readonly { readonly name: string; readonly size: number; readonly over?: number }[];
}

/**
 * Puts bytes on the GPU, has `work` encoded over them, and gives the results' bytes.
 *
 * Throws GeluStateError if the device fails.
 */
export async function transfer(
  state: DeviceState,
  { inputs, outputs }: Transfer,
  work: (encoder: GPUCommandEncoder, inputs: readonly Range[], outputs: readonly Range[]) => void,
): Promise<Uint8Array[]> {
  const { device } = state;
  const made: GPUBuffer[] = [];
  // What is written must be whole words.
  const words = (size: number): number => Math.ceil(size / 4) * 4;
  const buffer = (size: number, usage: number): GPUBuffer => {
    made.push(device.createBuffer({ size: words(size), usage }));
    return made.at(-1)!;
  };
  device.pushErrorScope('out-of-memory');
  device.pushErrorScope('validation');
  try {
    const read = inputs.map(({ name, bytes }) => {
      const { byteLength: size } = bytes;
      const on = buffer(size, STORAGE | COPY_DST | COPY_SRC);
      const asIs = size % 4 === 0 && !isLoose(bytes.buffer);
      const whole = asIs ? bytes : new Uint8Array(words(size));
      if (!asIs) whole.set(bytes);
      device.queue.writeBuffer(on, 0, whole as Uint8Array<ArrayBuffer>);
      return { name, buffer: on, offset: 0, size, exact: true };
    });
    const written = outputs.map(({ name, size, over }) => {
      const on = over === undefined ? buffer(size, STORAGE | COPY_SRC) : read[over].buffer;
      return { name, buffer: on, offset: 0, size, exact: true };
    });
    const back = written.map(({ size }) => buffer(size, MAP_READ | COPY_DST));
    const encoder = device.createCommandEncoder();
    work(encoder, read, written);
    written.forEach((result, k) => {
      encoder.copyBufferToBuffer(result.buffer, 0, back[k], 0, words(result.size));
    });
    device.queue.submit([encoder.finish()]);
    const scopes = Promise.all([device.popErrorScope(), device.popErrorScope()]);
    const mapped = Promise.all(back.map((each) => each.mapAsync(MAP_READ))).then(
      () => undefined,
      (error: unknown) => error,
    );
    const trouble = await scopes;
    const failed = await mapped;
    state.requireAlive();
    const error = trouble.find((e) => e !== null) ?? failed;
    if (error) throw new GeluStateError(`the device failed: ${(error as Error).message}`);
    return back.map((each, k) => new Uint8Array(each.getMappedRange().slice(0, written[k].size)));
  } finally {
    for (const b of made) b.destroy();
  }
}
