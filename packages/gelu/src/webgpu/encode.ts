import type { Bound } from '../activations/model/activation.js';
import { tooExtreme } from '../shaders/range.js';
import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';
import { accepted } from './accepted.js';
import type { Range } from './operand.js';
import { BYTES, type GPUDType, makeShader, type Pass, PER_GROUP, type Shader } from './shader.js';
import type { DeviceState } from './state.js';
import type { GPUCommandEncoder, GPUComputePassEncoder, GPUSupportedLimits } from './types.js';

const MAX_GROUPS = 65535; // in one dimension, on every device

/** The shader of a pass over these ranges, the output last. */
export function shaderFor(bound: Bound, pass: Pass, dtype: GPUDType, ranges: readonly Range[]): Shader {
  const output = ranges.at(-1)!;
  const shader = makeShader(
    bound,
    pass,
    dtype,
    ranges.slice(0, -1).map(({ buffer }) => buffer === output.buffer),
    ranges.every(({ offset, size }) => offset % 16 === 0 && size % 16 === 0),
  );
  const extreme = shader ? undefined : tooExtreme(bound);
  if (extreme) throw new GeluRangeError(extreme.name, extreme.expected, String(extreme.value));
  if (!shader)
    throw new GeluTypeError('name', 'an activation that polynomials can follow', `'${bound.definition.name}'`);
  return shader;
}

/** A GPUCommandEncoder, or a compute pass that has begun. */
export type GPUEncoder = GPUCommandEncoder | GPUComputePassEncoder;

/** How the halves of a gated unit's rows lie: `columns` elements each. */
export interface Halves {
  readonly columns: number;
  readonly gateFirst: boolean;
}

/** Encodes a pass over the ranges, in as many dispatches as the device's limits ask for. Resolves when the device has taken it. */
export function encode(...work: Parameters<typeof prepare>): Promise<void> {
  const [state, , , , , ranges] = work;
  return accepted(state, ranges, prepare(...work));
}

/**
 * What encodes a pass over the ranges, the output last; all that can be refused is refused before. Ranges of other sizes than the
 * output's hold rows of half or twice its elements, as `halves` says.
 */
export function prepare(
  state: DeviceState,
  encoder: GPUEncoder,
  bound: Bound,
  name: Pass,
  dtype: GPUDType,
  ranges: readonly Range[],
  halves?: Halves,
): () => void {
  const begins = typeof (encoder as GPUCommandEncoder)?.beginComputePass === 'function';
  if (!begins && typeof (encoder as GPUComputePassEncoder)?.dispatchWorkgroups !== 'function')
    throw new GeluTypeError('encoder', 'a GPUCommandEncoder or a GPUComputePassEncoder', describe(encoder));
  const bytes = BYTES[dtype];
  const output = ranges.at(-1)!;
  const count = output.size / bytes;
  const most = elementsPerDispatch(state.device.limits, ranges, bytes, halves);
  if (count === 0) return () => undefined;
  if (halves && most < count && ranges.slice(0, -1).some(({ buffer }) => buffer === output.buffer))
    throw new GeluRangeError(
      output.name,
      `in another buffer than what is read, for more than ${most} elements`,
      'the same',
    );
  const shader = shaderFor(bound, name, dtype, ranges);
  const pipeline = state.pipeline(shader);
  const layout = pipeline.getBindGroupLayout(0);
  return () => {
    const pass = begins ? (encoder as GPUCommandEncoder).beginComputePass() : (encoder as GPUComputePassEncoder);
    pass.setPipeline(pipeline);
    for (let from = 0; from < count; from += most) {
      const n = Math.min(most, count - from);
      const { entries, shifts } = bindings(state.device.limits, ranges, from * bytes, n * bytes);
      const elements = shifts.map((shift) => shift / bytes);
      const uniform = {
        binding: 0,
        resource: { buffer: state.uniform(callData(n, elements, shader.constants, halves)) },
      };
      pass.setBindGroup(0, state.device.createBindGroup({ layout, entries: [uniform, ...entries] }));
      // A word more, since the first may hold an element that is not ours.
      const groups = Math.ceil((dtype === 'float32' ? n : (n >> 1) + 1) / PER_GROUP);
      const rows = Math.ceil(groups / MAX_GROUPS);
      pass.dispatchWorkgroups(Math.ceil(groups / rows), rows);
    }
    if (begins) pass.end();
  };
}

/** How many elements of the output fit, whatever the alignment, into the bindings that a device allows. A multiple of 8, or an even number, and of whole rows. */
function elementsPerDispatch(
  limits: GPUSupportedLimits,
  ranges: readonly Range[],
  bytes: number,
  halves: Halves | undefined,
): number {
  const output = ranges.at(-1)!;
  const gaps = ranges
    .filter(({ buffer }) => buffer === output.buffer)
    .map(({ offset }) => Math.abs(offset - output.offset));
  const gap = Math.max(...gaps);
  const room = limits.maxStorageBufferBindingSize - limits.minStorageBufferOffsetAlignment - 8;
  const step = halves ? 4 * halves.columns * bytes : room - gap >= 16 ? 16 : 4;
  // Beside the output another range may have twice its elements.
  const most = multipleOf(step, (room - gap) / (halves ? 2 : 1)) / bytes;
  if (halves && most === 0 && step * 2 > room)
    throw new GeluRangeError('columns', `at most ${Math.floor(room / bytes / 8)} in a half`, String(halves.columns));
  if (most <= 0 || (gap > room / 2 && gap + output.size > room))
    throw new GeluRangeError(
      output.name,
      `in another buffer than the input's, or at most ${Math.floor(room / 2)} bytes from it`,
      `a range ${gap} bytes away`,
    );
  return most;
}

const multipleOf = (unit: number, size: number): number => Math.floor(size / unit) * unit;

/** The bindings for `size` bytes of each range from byte `from`, and by how many bytes each starts after its binding. */
function bindings(
  limits: GPUSupportedLimits,
  ranges: readonly Range[],
  from: number,
  size: number,
): { entries: GPUBindGroupEntry[]; shifts: number[] } {
  const alignment = limits.minStorageBufferOffsetAlignment;
  const output = ranges.at(-1)!;
  const shifts: number[] = [];
  const entry = (binding: number, together: readonly Range[]): GPUBindGroupEntry => {
    const ratio = (range: Range): number => range.size / output.size;
    const starts = together.map((range) => range.offset + from * ratio(range));
    const base = Math.floor(Math.min(...starts) / alignment) * alignment;
    const end = Math.ceil(Math.max(...together.map((range, k) => starts[k] + size * ratio(range))) / 4) * 4;
    together.forEach((range, k) => {
      shifts[ranges.indexOf(range)] = starts[k] - base;
    });
    return { binding, resource: { buffer: together[0].buffer, offset: base, size: end - base } };
  };
  const apart = ranges
    .slice(0, -1)
    .flatMap((range, k) => (range.buffer === output.buffer ? [] : [entry(k + 1, [range])]));
  const shared = entry(
    ranges.length,
    ranges.filter(({ buffer }) => buffer === output.buffer),
  );
  return { entries: [...apart, shared], shifts };
}

/** The bytes of `struct Call`: the count, the halves, the shifts of what is read, in three places, and of the output, the constants. */
function callData(
  count: number,
  shifts: readonly number[],
  constants: readonly number[],
  { columns, gateFirst }: Halves = { columns: 0, gateFirst: false },
): ArrayBuffer {
  const data = new ArrayBuffer(32 + 16 * Math.max(1, Math.ceil(constants.length / 4)));
  const words = new Uint32Array(data);
  words.set([count, columns, Number(gateFirst)]);
  words.set(shifts.slice(0, -1), 4);
  words[7] = shifts.at(-1)!;
  new Float32Array(data).set(constants, 8);
  return data;
}
