import { CORRECT_ROW, correctTable } from '../kernels/correct-table.js';
import { FAST_ROW, fastTable } from '../kernels/fast-table.js';
import { type Kernels, type MapArguments, modules, type Precision } from '../kernels/modules.js';
import type { SmoothFunction } from '../kernels/smooth.js';

/** Elements that go through the memory at a time when an array lives outside it: input and gradient fit the L2 cache. */
export const CHUNK = 16384;

/** Where in the memory things are, in bytes; below that the kernels keep the addresses of a block of rows. */
export const STAGE = 4096;
export const STAGE_GRADIENT: number = STAGE + 4 * CHUNK;
const TABLES: number = STAGE_GRADIENT + 4 * CHUNK;
const TABLE_BYTES = 6 << 20;
/** Where allocated arrays begin. */
export const HEAP: number = TABLES + TABLE_BYTES;

interface Located {
  /** The kernel's arguments without the number of elements. */
  readonly map: readonly number[];
  readonly top: number;
}

/** A WebAssembly memory with the kernels at work on it. Its size never changes, so views of it stay valid. */
export class Arena {
  readonly buffer: ArrayBuffer;
  readonly stage: Float32Array;
  readonly stageGradient: Float32Array;
  readonly #kernels: { readonly [precision in Precision]: Kernels };
  readonly #tables: { readonly [precision in Precision]: Map<SmoothFunction, Located> };
  #free = TABLES;

  /**
   * @throws RangeError if the engine has no room for such a memory.
   * @throws TypeError if it has no SIMD.
   */
  constructor(bytes: number) {
    const pages = Math.ceil(bytes / 65536);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const { correct, fast } = modules();
    if (correct === undefined || fast === undefined) throw new TypeError('WebAssembly SIMD is not available');
    const start = (module: WebAssembly.Module): Kernels =>
      new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
    this.buffer = memory.buffer;
    this.stage = new Float32Array(this.buffer, STAGE, CHUNK);
    this.stageGradient = new Float32Array(this.buffer, STAGE_GRADIENT, CHUNK);
    this.#kernels = { correct: start(correct), fast: start(fast) };
    this.#tables = { correct: new Map(), fast: new Map() };
  }

  /** f on n elements (a multiple of 8) from address x to address out. */
  forward(f: SmoothFunction, precision: Precision, x: number, out: number, n: number): void {
    const { map, top } = this.#locate(f, precision);
    const kernels = this.#kernels[precision];
    const rest = [n, ...map] as MapArguments;
    if (f.above === 'identity') kernels.identity(x, out, ...rest, top);
    else kernels.limits(x, out, ...rest);
  }

  /** gradOutput · f, likewise. */
  backward(f: SmoothFunction, precision: Precision, gradOutput: number, x: number, out: number, n: number): void {
    const { map } = this.#locate(f, precision);
    this.#kernels[precision].product(gradOutput, x, out, ...([n, ...map] as MapArguments));
  }

  /** Whether f's table is in the memory already. */
  has(f: SmoothFunction, precision: Precision): boolean {
    return this.#tables[precision].has(f);
  }

  #locate(f: SmoothFunction, precision: Precision): Located {
    let located = this.#tables[precision].get(f);
    if (located === undefined) {
      located = precision === 'correct' ? this.#placeCorrect(f) : this.#placeFast(f);
      this.#tables[precision].set(f, located);
    }
    return located;
  }

  #placeCorrect(f: SmoothFunction): Located {
    const table = correctTable(f);
    table.complete();
    const address = this.#reserve(table.data.byteLength);
    new Float64Array(this.buffer, address, table.data.length).set(table.data);
    const { low, high, centre, density } = table.map;
    const origin = address - Math.imul(MAGIC_BITS + table.first, 8 * CORRECT_ROW);
    return { map: [low, high, centre, density, origin | 0], top: table.top };
  }

  #placeFast(f: SmoothFunction): Located {
    const table = fastTable(f);
    const address = this.#reserve(table.data.byteLength);
    new Float32Array(this.buffer, address, table.data.length).set(table.data);
    const { low, high, centre, density } = f.fast;
    const origin = address - Math.imul(MAGIC_BITS + table.first, 4 * FAST_ROW);
    return { map: [low, high, centre, density, origin | 0], top: table.top };
  }

  /** Room for a table. When all is taken every table is dropped; those still in use come back when needed. */
  #reserve(bytes: number): number {
    const size = (bytes + 63) & ~63;
    if (this.#free + size > HEAP) {
      this.#tables.correct.clear();
      this.#tables.fast.clear();
      this.#free = TABLES;
    }
    const address = this.#free;
    this.#free += size;
    return address;
  }
}

const MAGIC_BITS = 0x4b000000; // 2²³ as float32: the kernels take these bits for part of the row number
