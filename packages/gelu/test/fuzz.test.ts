import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as library from '../src/index.js';
import { GeluRangeError, GeluStateError, GeluTypeError } from '../src/index.js';
import * as numerics from '../src/numerics.js';
import { inspectOnnx, OnnxFormatError, OnnxRewriteError, rewriteOnnx } from '../src/onnx/index.js';

// All functions that `gelu`, `gelu/numerics` and `gelu/onnx` export, on odd inputs: a result, or an error of the library, and nothing written before an error. Seeded;
// GELU_FUZZ_CALLS calls, 10,000 if it is not set.
const CALLS = Number(process.env.GELU_FUZZ_CALLS ?? 10_000);

const detached = (): Float32Array => {
  const array = new Float32Array(4);
  structuredClone(array.buffer, { transfer: [array.buffer] });
  return array;
};
const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const shrunken = (): Float32Array => {
  const buffer = new (ArrayBuffer as unknown as new (bytes: number, options: object) => ArrayBuffer)(32, {
    maxByteLength: 64,
  });
  const array = new Float32Array(buffer, 16, 4);
  (buffer as unknown as { resize?(bytes: number): void }).resize?.(4);
  return array;
};
class Own extends Float32Array {}
class Shaped extends Float32Array {
  constructor(shape: unknown, offset?: number, length?: number) {
    if (typeof shape === 'number') throw new Error('a shape, please');
    super(shape as ArrayBuffer, offset, length);
  }
}
class Lying extends Float64Array {
  override get length(): number {
    return 1e9;
  }
}
const memory = new Float32Array(64).fill(7);

/** Makes a value anew: some cannot even be looked at. */
type Make = () => unknown;
const constants = (...values: unknown[]) => fc.constantFrom<Make[]>(...values.map((value) => () => value));

/** Whatever may be passed by mistake. */
const odd = fc.oneof(
  constants(undefined, null, true, '', 'tanh', 'none', 'x', 5n, Symbol('s'), () => 1, Math.sin),
  fc.constantFrom<Make[]>(
    () => ({}),
    () => [],
    () => [1, [2, 'a']],
    () => new Array(3),
    () => new Date(0),
    () => new Map(),
    () => new DataView(new ArrayBuffer(8)),
    () => new ArrayBuffer(8),
    () => new BigInt64Array(2),
    () => new Int32Array(4),
    () => Object.create(Float32Array.prototype),
    () => new Proxy(new Float32Array(4), {}),
    () => Object.setPrototypeOf(new Float32Array(4), null),
    () => Object.setPrototypeOf(new Float32Array(4), Float64Array.prototype),
    detached,
    revoked,
    shrunken,
  ),
  fc.double().map((value) => () => value),
  constants(0, -0, Infinity, -Infinity, Number.NaN, 1e308, 5e-324, -1, 1.5, 2 ** 53),
);

/** Arrays that are right in themselves, but perhaps not for the call. */
const arrays = fc.constantFrom<Make[]>(
  () => new Float32Array(4).fill(-1),
  () => new Float32Array(0),
  () => new Float32Array(100).fill(-1),
  () => new Float64Array(4).fill(-1),
  () => new Float64Array(100).fill(-1),
  () => new Float32Array(new SharedArrayBuffer(16)),
  () => new Uint16Array(4).fill(0x3c00),
  () => new Int8Array(4).fill(5),
  () => new Uint8Array(4).fill(5),
  () => memory.subarray(0, 4),
  () => memory.subarray(2, 6),
  () => new Own(4),
  () => new Shaped(new ArrayBuffer(16)),
  () => new Lying(4),
  () => Buffer.alloc(4),
  () => [[-1, 0], [1]],
  () => -1,
);

const KEYS = [
  ...['approximate', 'mean', 'std', 'out', 'dtype', 'quantization', 'precision', 'weight', 'shape', 'columns', 'order'],
  ...[
    'alpha',
    'beta',
    'negativeSlope',
    'threshold',
    'location',
    'scale',
    'b',
    'seed',
    'call',
    'offset',
    'trainable',
    'typo',
  ],
  ...['numParameters', 'init', 'activation', 'min', 'max', 'minVal', 'maxVal', 'name', 'value', 'domain'],
];
const values = fc.oneof(
  odd,
  arrays,
  constants(1, 2, 4, 'fast', 'correct', 'float16', 'bfloat16', 'int8', 'valueFirst', [1, 2], [2, 2], [-2, 2, -1]),
  constants({ scale: 0.1, zeroPoint: 0 }),
);
const options = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .array(fc.tuple(fc.constantFrom(...KEYS), values), { maxLength: 3 })
      .map((entries) => () => Object.fromEntries(entries.map(([key, make]) => [key, make()]))),
  },
  { weight: 1, arbitrary: odd },
  { weight: 2, arbitrary: constants(undefined) },
);
const argument = fc.oneof(
  { weight: 4, arbitrary: arrays },
  { weight: 2, arbitrary: odd },
  { weight: 3, arbitrary: options },
);

/** Functions by name: what is exported, and the members of functions. Classes are made, and their objects called. */
const exported = { ...library, ...numerics, inspectOnnx, rewriteOnnx };
const functions = Object.entries(exported as unknown as { [name: string]: unknown }).flatMap(([name, value]) => {
  if (typeof value !== 'function' || /Error$/.test(name)) return [];
  // `resolve` is what back ends call.
  const members = Object.entries(value).filter(([key, member]) => typeof member === 'function' && key !== 'resolve');
  return [[name, value] as const, ...members.map(([member, f]) => [`${name}.${member}`, f] as const)];
}) as (readonly [string, (...args: unknown[]) => unknown])[];

function call(f: (...args: unknown[]) => unknown, args: unknown[]): void {
  if (!/^class\b/.test(Function.prototype.toString.call(f))) {
    f(...args);
    return;
  }
  const [made, ...rest] = args;
  const layer = new (f as unknown as new (options: unknown) => Record<string, (...args: unknown[]) => unknown>)(made);
  layer.forward(...rest);
  layer.backward(...rest);
}

const bufferOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Int8Array.prototype), 'buffer')?.get;
const bytes = (value: unknown): string | undefined => {
  if (!ArrayBuffer.isView(value) || value instanceof DataView) return undefined;
  const buffer = bufferOf?.call(value) as ArrayBuffer; // whatever its class says
  return buffer.byteLength === 0 ? undefined : Array.from(new Uint8Array(buffer)).join();
};

/** The memory of all arrays among the arguments. */
function contents(args: readonly unknown[]): (string | undefined)[] {
  const inside = args.flatMap((arg) =>
    arg !== null && typeof arg === 'object' && !ArrayBuffer.isView(arg) ? safely(arg) : [arg],
  );
  return [memory, ...inside].map(bytes);
}

function safely(value: object): unknown[] {
  try {
    return Object.values(value);
  } catch {
    return [];
  }
}

test(`${CALLS} calls of ${functions.length} functions: no other errors than the library's, nothing written before one`, () => {
  fc.assert(
    fc.property(fc.nat(functions.length - 1), fc.array(argument, { maxLength: 4 }), (which, makers) => {
      const [name, f] = functions[which];
      const args = makers.map((make) => make());
      memory.fill(7);
      const before = contents(args);
      try {
        call(f, args);
      } catch (error) {
        const ours =
          error instanceof GeluTypeError ||
          error instanceof GeluRangeError ||
          error instanceof GeluStateError ||
          error instanceof OnnxFormatError ||
          error instanceof OnnxRewriteError;
        if (!ours) throw new Error(`${name}: ${error}`, { cause: error });
        // A layer's forward may have written before its backward is refused.
        if (!/^[A-Z]/.test(name)) expect(contents(args)).toEqual(before);
      }
    }),
    { seed: 12, numRuns: CALLS },
  );
});
