import { onFirstUse } from '../../shared/cache.js';
import { decode } from '../wasm/modules.js';
import { FAMILY } from '../wasm/wasm.generated.js';
import { evaluateRow, type FamilyTable } from './table.js';

/** What assembly/family.ts exports. Addresses are in bytes, n is a multiple of 8. */
interface Exports {
  table(x: number, out: number, n: number, ...map: number[]): void;
  tableProduct(gradOutput: number, x: number, out: number, n: number, ...map: number[]): void;
  simple(x: number, out: number, n: number, at: number): void;
  mixed(x: number, out: number, n: number, at: number): void;
  simpleProduct(gradOutput: number, x: number, out: number, n: number, at: number): void;
  mixedProduct(gradOutput: number, x: number, out: number, n: number, at: number): void;
}

/** What a kernel works with: its bytes in the memory, and the names and arguments of the exports, given their address. */
export interface Program {
  readonly data: Float64Array;
  readonly forward: 'table' | 'simple' | 'mixed';
  readonly backward: 'tableProduct' | 'simpleProduct' | 'mixedProduct';
  arguments(address: number): readonly number[];
}

/** Elements that go through the memory at a time: input and gradient fit the L2 cache. */
const CHUNK = 16384;
// Below 4096 the kernels keep row addresses. Not at a cache line's start, where copies are slower.
const STAGE = 4096 + 16;
const STAGE_GRADIENT = STAGE + 4 * CHUNK + 64;
const TABLES = (STAGE_GRADIENT + 4 * CHUNK + 4095) & ~4095;
const END = TABLES + (8 << 20);

/** A WebAssembly memory with the kernels of the family. Arrays pass through it in chunks; any offset, shared memory too. */
export class FamilyMemory {
  readonly #buffer: ArrayBuffer;
  readonly #exports: Exports;
  readonly #stage: Float32Array;
  readonly #stageGradient: Float32Array;
  readonly #places = new Map<Program, readonly number[]>();
  #free = TABLES;

  constructor() {
    const pages = Math.ceil(END / 65536);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const module = new WebAssembly.Module(decode(FAMILY));
    this.#exports = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports;
    this.#buffer = memory.buffer;
    this.#stage = new Float32Array(this.#buffer, STAGE, CHUNK);
    this.#stageGradient = new Float32Array(this.#buffer, STAGE_GRADIENT, CHUNK);
  }

  /** out = f(x); `out` may be `x`. */
  forward(program: Program, x: Float32Array, out: Float32Array): void {
    const rest = this.#place(program);
    const kernel = this.#exports[program.forward] as (...values: number[]) => void;
    for (let i = 0; i < x.length; i += CHUNK) {
      const n = Math.min(CHUNK, x.length - i);
      this.#stage.set(x.subarray(i, i + n));
      kernel(STAGE, STAGE, (n + 7) & ~7, ...rest);
      out.set(this.#stage.subarray(0, n), i);
    }
  }

  /** out = gradOutput · f(x), rounded once; `out` may be either input. */
  backward(program: Program, gradOutput: Float32Array, x: Float32Array, out: Float32Array): void {
    const rest = this.#place(program);
    const kernel = this.#exports[program.backward] as (...values: number[]) => void;
    for (let i = 0; i < x.length; i += CHUNK) {
      const n = Math.min(CHUNK, x.length - i);
      this.#stage.set(x.subarray(i, i + n));
      this.#stageGradient.set(gradOutput.subarray(i, i + n));
      kernel(STAGE_GRADIENT, STAGE, STAGE, (n + 7) & ~7, ...rest);
      out.set(this.#stage.subarray(0, n), i);
    }
  }

  /** Brings the program's data into the memory. When that is full, all are dropped; those still in use come back. */
  #place(program: Program): readonly number[] {
    let place = this.#places.get(program);
    if (place === undefined) {
      const size = (program.data.byteLength + 63) & ~63;
      if (this.#free + size > END) {
        this.#places.clear();
        this.#free = TABLES;
      }
      new Float64Array(this.#buffer, this.#free, program.data.length).set(program.data);
      place = program.arguments(this.#free);
      this.#places.set(program, place);
      this.#free += size;
    }
    return place;
  }
}

const memory: () => { readonly kernels?: FamilyMemory } = onFirstUse(() => {
  try {
    return { kernels: new FamilyMemory() };
  } catch {
    return {};
  }
});

/** The memory with the kernels; undefined where the engine has no WebAssembly with SIMD. */
export function familyMemory(): FamilyMemory | undefined {
  return memory().kernels;
}

/** out = f(x) by the same operations as in WebAssembly, so the same bits; only the rows that are needed are fitted. */
export function forwardTable(table: FamilyTable, x: Float32Array, out: Float32Array): void {
  for (let i = 0; i < x.length; i++) out[i] = valueAt(table, x[i]);
}

/** out = gradOutput · f(x), likewise. */
export function backwardTable(table: FamilyTable, gradOutput: Float32Array, x: Float32Array, out: Float32Array): void {
  for (let i = 0; i < x.length; i++) out[i] = gradOutput[i] * valueAt(table, x[i]);
}

function valueAt({ map, data, fit }: FamilyTable, x: number): number {
  const row = map.locate(x);
  fit(row);
  return evaluateRow(data, row, x);
}
