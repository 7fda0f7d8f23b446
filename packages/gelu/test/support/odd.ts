import fc from 'fast-check';

// What may be passed by mistake, for tests that try it on every function: values that can hardly be looked at among them.

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
/** Of which some of the arrays are parts. */
export const memory = new Float32Array(64).fill(7);

/** Makes a value anew: some cannot even be looked at. */
export type Make = () => unknown;
export const constants = (...values: unknown[]) => fc.constantFrom<Make[]>(...values.map((value) => () => value));

/** Whatever may be passed by mistake. */
export const odd = fc.oneof(
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
export const arrays = fc.constantFrom<Make[]>(
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
export const options = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .array(fc.tuple(fc.constantFrom(...KEYS), values), { maxLength: 3 })
      .map((entries) => () => Object.fromEntries(entries.map(([key, make]) => [key, make()]))),
  },
  { weight: 1, arbitrary: odd },
  { weight: 2, arbitrary: constants(undefined) },
);
export const argument = fc.oneof(
  { weight: 4, arbitrary: arrays },
  { weight: 2, arbitrary: odd },
  { weight: 3, arbitrary: options },
);

const bufferOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Int8Array.prototype), 'buffer')?.get;
const bytes = (value: unknown): string | undefined => {
  if (!ArrayBuffer.isView(value) || value instanceof DataView) return undefined;
  const buffer = bufferOf?.call(value) as ArrayBuffer; // whatever its class says
  return buffer.byteLength === 0 ? undefined : Buffer.from(buffer).toString('latin1');
};

/** The memory of all arrays among the arguments. */
export function contents(args: readonly unknown[]): (string | undefined)[] {
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
