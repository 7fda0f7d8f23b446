import type { Bound } from '../activations/model/activation.js';
import type { GatedGradients } from '../functions/gated/types.js';
import {
  arrayLike,
  outputFor,
  requireApart,
  requireAttached,
  requireLength,
  requireSameClass,
} from '../input/arrays.js';
import { requireOptions } from '../input/options.js';
import { arrayClass } from '../kernels/dtypes.js';
import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';
import { bytes, CLASSES, type GPUArray, partOf, requireWhole, transfer } from './arrays.js';
import { type Halves, prepare } from './encode.js';
import { type GPUHalves, HALVES, halvesOf } from './gated-operands.js';
import { BYTES, type GPUDType, type Pass, READS } from './shader.js';
import type { DeviceState } from './state.js';

/** Options of a call on one array: how its halves lie, and where the result goes, which must be apart from what is read. */
export type GPUGatedCallOptions<T extends GPUArray = GPUArray> = GPUHalves & { readonly out?: T | undefined };

/** value · act(gate). */
export async function gatedOnArrays(
  state: DeviceState,
  bound: Bound,
  dtype: GPUDType,
  gate: GPUArray,
  value: GPUArray,
  options: object = {},
): Promise<GPUArray> {
  requireOptions(options, ['out']);
  requireArrays(dtype, [gate, value], ['gate', 'value']);
  const out = outputFor<GPUArray>((options as { out?: unknown }).out, gate, value);
  await run(state, bound, dtype, [{ pass: 'gated', out }], { gate, value });
  return out;
}

/** { gradGate, gradValue }. */
export async function gradientsOnArrays(
  state: DeviceState,
  bound: Bound,
  dtype: GPUDType,
  gradOutput: GPUArray,
  gate: GPUArray,
  value: GPUArray,
): Promise<GatedGradients<GPUArray>> {
  requireArrays(dtype, [gate, value, gradOutput], ['gate', 'value', 'gradOutput']);
  const [gradGate, gradValue] = [arrayLike(gate, gate.length), arrayLike(gate, gate.length)];
  const passes = [
    { pass: 'gatedGate', out: gradGate },
    { pass: 'gatedValue', out: gradValue },
  ] as const;
  await run(state, bound, dtype, passes, { gradOutput, gate, value });
  return { gradGate, gradValue };
}

/** A pass over one array with both halves, the last of `inputs`. */
export async function halvesOnArrays(
  state: DeviceState,
  bound: Bound,
  dtype: GPUDType,
  pass: 'halves' | 'halvesBackward',
  inputs: readonly GPUArray[],
  given: unknown,
): Promise<GPUArray> {
  const options = (given ?? {}) as GPUGatedCallOptions;
  requireOptions(options, HALVES, ['out']);
  const input = inputs.at(-1)!;
  requireArrays(dtype, [input], ['input']);
  const { layout, halves } = halvesOf(input.length, options);
  const half = layout.rows * layout.columns;
  if (inputs.length > 1) {
    requireSameClass(inputs[0], input, 'gradOutput');
    requireLength(inputs[0], half, 'gradOutput', 'half of the input');
  }
  const length = pass === 'halves' ? half : input.length;
  const out = options.out ?? arrayLike(input, length);
  requireSameClass(out, input, 'out');
  requireLength(out, length, 'out');
  for (const [k, array] of inputs.entries()) requireApart(array, out, `'${READS[pass][k]}'`);
  const arrays = pass === 'halves' ? { input } : { gradOutput: inputs[0], input };
  await run(state, bound, dtype, [{ pass, out }], arrays, { halves, rows: layout.rows });
  return out;
}

function requireArrays(dtype: GPUDType, arrays: readonly GPUArray[], names: readonly string[]): void {
  const [first] = arrays;
  if (!CLASSES[dtype].includes(arrayClass(first) ?? ''))
    throw new GeluTypeError(names[0], `a ${CLASSES[dtype].join(' or ')}`, describe(first));
  requireAttached(first, names[0]);
  arrays.slice(1).forEach((array, k) => {
    requireSameClass(array, first, names[k + 1]);
    requireLength(array, first.length, names[k + 1], `as the ${names[0]} is`);
  });
}

/** Runs passes over arrays part by part, in whole rows where there are halves: elements are rows of one else. */
async function run(
  state: DeviceState,
  bound: Bound,
  dtype: GPUDType,
  passes: readonly { readonly pass: Pass; readonly out: GPUArray }[],
  arrays: { readonly [name: string]: GPUArray },
  { halves, rows }: { readonly halves?: Halves; readonly rows: number } = { rows: passes[0].out.length },
): Promise<void> {
  state.requireAlive();
  const size = BYTES[dtype];
  const all: [string, GPUArray][] = [
    ...Object.entries(arrays),
    ...passes.map(({ out }): [string, GPUArray] => ['out', out]),
  ];
  // The caller has the arrays while the device works, and may transfer or shrink them.
  const lengths = all.map(([, array]) => array.length);
  const whole = (): void => {
    for (const [k, [name, array]] of all.entries()) requireWhole(array, lengths[k], name);
  };
  const widest = rows === 0 ? 0 : Math.max(...lengths) / rows;
  const step = Math.floor(partOf(state.device.limits) / (widest * size));
  if (rows > 0 && step === 0) throw new GeluRangeError('input', 'of shorter rows', `rows of ${widest} elements`);
  for (let row = 0; row < rows; row += step) {
    whole();
    const end = Math.min(row + step, rows);
    const part = (array: GPUArray): [number, number] => {
      const width = (array.length / rows) * size;
      return [row * width, end * width];
    };
    const results = await transfer(
      state,
      {
        inputs: Object.entries(arrays).map(([name, array]) => ({ name, bytes: bytes(array).subarray(...part(array)) })),
        outputs: passes.map(({ out }) => ({ name: 'out', size: part(out)[1] - part(out)[0] })),
      },
      (encoder, read, written) => {
        passes.forEach(({ pass }, k) => {
          const ranges = READS[pass].map((name) => read.find((range) => range.name === name)!);
          prepare(state, encoder, bound, pass, dtype, [...ranges, written[k]], halves)();
        });
      },
    );
    whole();
    passes.forEach(({ out }, k) => {
      bytes(out).set(results[k], part(out)[0]);
    });
  }
}
