import { onFirstUse } from '../shared/cache.js';
import { CHUNK, HEAP } from './memory/layout.js';
import { stagingMemory } from './memory/memories.js';
import { type BiasKernels, biasModule, correctModule } from './wasm/modules.js';

export type FloatArray = Float32Array | Float64Array;

/** A chunk of input and gradient with the sums that bias + activation needs. */
export interface BiasWork<T extends FloatArray> {
  /** Room for a chunk of the input, and of the gradient. */
  readonly sum: T;
  readonly gradient: T;
  /** Adds the bias, from `column` on, to the first n elements of `sum`. */
  addBias(n: number, column: number): void;
  /** Adds the first n elements of `gradient` to the sums of their columns, from `column` on. */
  addGradient(n: number, column: number): void;
  /** The sums of the columns: in float64, from the first row to the last. */
  columnSums(): ArrayLike<number>;
}

/** Fewer elements are not worth a module. */
const SCALAR_LENGTH = 16384;
/** Elements of a chunk in JavaScript: they stay in the first-level cache between the sum and the function. */
const SMALL_CHUNK = 4096;

/** How `length` elements are worked on: in WebAssembly if they are float32, the same bits as in JavaScript. */
export function biasWork<T extends FloatArray>(bias: T, length: number): BiasWork<T> {
  const inMemory =
    bias instanceof Float32Array &&
    length > SCALAR_LENGTH &&
    bias.length <= CHUNK &&
    correctModule().module !== undefined &&
    biasModule().module !== undefined;
  return inMemory ? (workInMemory(bias) as BiasWork<FloatArray> as BiasWork<T>) : workInJavaScript(bias);
}

function workInJavaScript<T extends FloatArray>(bias: T): BiasWork<T> {
  const make = (length: number) => new (bias.constructor as new (length: number) => T)(length);
  const [sum, gradient] = [make(SMALL_CHUNK), make(SMALL_CHUNK)];
  const columns = bias.length;
  const sums = new Float64Array(columns);
  return {
    sum,
    gradient,
    addBias: (n, column) => {
      for (let i = 0, c = column; i < n; c = 0)
        for (const end = Math.min(n, i + columns - c); i < end; i++, c++) sum[i] += bias[c];
    },
    addGradient: (n, column) => {
      for (let i = 0, c = column; i < n; c = 0)
        for (const end = Math.min(n, i + columns - c); i < end; i++, c++) sums[c] += gradient[i];
    },
    columnSums: () => sums,
  };
}

/** The places in the staging memory, and the kernels there. */
const places = /* @__PURE__ */ onFirstUse(() => {
  const memory = stagingMemory();
  const floats = (address: number) => new Float32Array(memory.buffer, address, CHUNK);
  return {
    kernels: memory.instance(biasModule) as unknown as BiasKernels,
    sum: floats(SUM),
    gradient: floats(GRADIENT),
    tile: floats(TILE),
    sums: new Float64Array(memory.buffer, SUMS, CHUNK),
  };
});
const SUM = HEAP;
const SPACING = 65600; // 4 · CHUNK + 64
const GRADIENT: number = /* @__PURE__ */ (() => SUM + SPACING)();
const TILE: number = /* @__PURE__ */ (() => SUM + 2 * SPACING)();
const SUMS: number = /* @__PURE__ */ (() => SUM + 3 * SPACING)();

/** Chunks are whole rows, so that bias and sums always begin at column 0. */
function workInMemory(bias: Float32Array): BiasWork<Float32Array> {
  const { kernels, sum, gradient, tile, sums } = places();
  const columns = bias.length;
  const rows = Math.floor(CHUNK / columns);
  for (let row = 0; row < rows; row++) tile.set(bias, row * columns);
  sums.fill(0, 0, columns);
  const room = rows * columns;
  return {
    sum: sum.subarray(0, room),
    gradient: gradient.subarray(0, room),
    addBias: (n) => kernels.add(SUM, TILE, n),
    addGradient: (n) => kernels.accumulate(SUMS, GRADIENT, columns, n / columns),
    columnSums: () => sums.subarray(0, columns),
  };
}
