import type { Bound } from '../activations/model/activation.js';
import { outputFor, requireAttached, requireLength, requireSameClass } from '../input/arrays.js';
import { arrayClass, type Float16ArrayLike } from '../kernels/dtypes.js';
import { describe, GeluStateError, GeluTypeError } from '../shared/errors.js';
import { encode } from './encode.js';
import { BYTES, type GPUDType, type Pass, READS } from './shader.js';
import type { DeviceState } from './state.js';
import type { GPUBuffer } from './types.js';

/** The arrays that the functions take: float32, or float16 as numbers or as bits. */
export type GPUArray = Float32Array | Float16ArrayLike | Uint16Array;

// GPUBufferUsage and GPUMapMode, which Node has not as globals.
const MAP_READ = 1;
const COPY_SRC = 4;
const COPY_DST = 8;
const STORAGE = 0x80;
/** Bytes of an array that are on the GPU at a time. */
const PART = 1 << 26;

const CLASSES: { readonly [dtype in GPUDType]: readonly string[] } = {
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
    requireSameClass(array, x, names[k]);
    requireLength(array, x.length, names[k]);
  });
  const out = outputFor(wanted, x, ...inputs.slice(0, -1));
  state.requireAlive();
  const part = Math.min(PART, state.device.limits.maxBufferSize, state.device.limits.maxStorageBufferBindingSize) / 2;
  const step = Math.floor(part / BYTES[dtype]);
  const { length } = x;
  for (let from = 0; from < length; from += step) {
    // The caller has the arrays while the device works, and may transfer or shrink them.
    inputs.forEach((array, k) => {
      requireWhole(array, length, names[k]);
    });
    requireWhole(out, length, 'out');
    const n = Math.min(step, length - from);
    const result = await runPart(state, bound, pass, dtype, inputs.map(bytes), from, n);
    requireWhole(out, length, 'out');
    bytes(out).set(result, from * BYTES[dtype]);
  }
  return out;
}

const bytes = (array: GPUArray): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Throws GeluStateError if an array was transferred or shrunk since the call. */
function requireWhole(array: GPUArray, length: number, name: string): void {
  if (array.length < length) throw new GeluStateError(`'${name}' was transferred or shrunk while the device worked`);
}

/** Whether memory may grow, shrink or be shared: the device's queue takes no such array, or reads beyond what is left of it. */
function isLoose(buffer: ArrayBufferLike & { readonly resizable?: boolean }): boolean {
  return !(buffer instanceof ArrayBuffer) || buffer.resizable === true;
}

async function runPart(
  state: DeviceState,
  bound: Bound,
  pass: Pass,
  dtype: GPUDType,
  inputs: readonly Uint8Array[],
  from: number,
  n: number,
): Promise<Uint8Array> {
  const { device } = state;
  const [at, size] = [from * BYTES[dtype], n * BYTES[dtype]];
  const room = Math.ceil(size / 4) * 4;
  const made: GPUBuffer[] = [];
  const buffer = (usage: number): GPUBuffer => {
    made.push(device.createBuffer({ size: room, usage }));
    return made.at(-1)!;
  };
  device.pushErrorScope('out-of-memory');
  device.pushErrorScope('validation');
  let trouble: (GPUError | null)[];
  try {
    const ranges = inputs.map((input, k) => {
      const on = buffer(STORAGE | COPY_DST | COPY_SRC);
      // What is written must be whole words.
      const asIs = size % 4 === 0 && !isLoose(input.buffer);
      const whole = asIs ? input.subarray(at, at + size) : new Uint8Array(room);
      if (!asIs) whole.set(input.subarray(at, at + size));
      device.queue.writeBuffer(on, 0, whole as Uint8Array<ArrayBuffer>);
      return { name: READS[pass][k], buffer: on, offset: 0, size, exact: true };
    });
    const result = ranges.at(-1)!;
    const back = buffer(MAP_READ | COPY_DST);
    const encoder = device.createCommandEncoder();
    encode(state, encoder, bound, pass, dtype, [...ranges, { ...result, name: 'out' }]);
    encoder.copyBufferToBuffer(result.buffer, 0, back, 0, room);
    device.queue.submit([encoder.finish()]);
    const scopes = Promise.all([device.popErrorScope(), device.popErrorScope()]);
    const mapped = back.mapAsync(MAP_READ).then(
      () => undefined,
      (error: unknown) => error,
    );
    trouble = await scopes;
    const failed = await mapped;
    state.requireAlive();
    const error = trouble.find((e) => e !== null) ?? failed;
    if (error) throw new GeluStateError(`the device failed: ${(error as Error).message}`);
    return new Uint8Array(back.getMappedRange().slice(0, size));
  } finally {
    for (const b of made) b.destroy();
  }
}
