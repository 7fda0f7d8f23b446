import { CORRECT_ROW, correctTable } from '../kernels/correct-table.js';
import { FAST_ROW, fastTable } from '../kernels/fast-table.js';
import { type Kernels, modules, type Precision } from '../kernels/modules.js';
import type { IndexMap, SmoothFunction } from '../kernels/smooth.js';
import { placeRows } from './rows.js';

/** Elements that go through the memory at a time when an array lives outside it: input and gradient fit the L2 cache. */
export const CHUNK = 16384;

/** Where in the memory things are, in bytes; below that the kernels keep the addresses of a block of rows. */
const SCRATCH = 1024;
/** Not at a cache line's start: memory from malloc is not either, and a copy between like places is faster by a third. */
export const STAGE: number = 4096 + 16;
export const STAGE_GRADIENT: number = STAGE + 4 * CHUNK + 64;
const TABLES: number = (STAGE_GRADIENT + 4 * CHUNK + 4095) & ~4095;
const TABLE_BYTES = 6 << 20;
/** Where allocated arrays begin: at a page's start, which the kernels like better by a twentieth. */
export const HEAP: number = TABLES + TABLE_BYTES;

/** A table in the memory. */
interface Located {
  readonly map: IndexMap;
  /** The address of row 0, less what the kernels' way to the row's number adds. */
  readonly origin: number;
  readonly top: number;
  /** Makes the rows for n inputs in this range; true when all rows are there. */
  readonly cover: (least: number, largest: number, n: number) => boolean;
  complete: boolean;
}

/** A WebAssembly memory with the kernels at work on it. Its size never changes, so views of it stay valid. */
export class Arena {
  readonly buffer: ArrayBuffer;
  readonly stage: Float32Array;
  readonly stageGradient: Float32Array;
  readonly #memory: WebAssembly.Memory;
  readonly #extent: Float32Array;
  readonly #kernels: { [precision in Precision]?: Kernels } = {};
  readonly #tables: { readonly [precision in Precision]: Map<SmoothFunction, Located> };
  #free = TABLES;

  /** @throws RangeError if the engine has no room for such a memory. */
  constructor(bytes: number) {
    const pages = Math.ceil(bytes / 65536);
    this.#memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    this.buffer = this.#memory.buffer;
    this.stage = new Float32Array(this.buffer, STAGE, CHUNK);
    this.stageGradient = new Float32Array(this.buffer, STAGE_GRADIENT, CHUNK);
    this.#extent = new Float32Array(this.buffer, SCRATCH, 8);
    this.#tables = { correct: new Map(), fast: new Map() };
  }

  /** f on n elements (a multiple of 8) from address x to address out. */
  forward(f: SmoothFunction, precision: Precision, x: number, out: number, n: number): void {
    const kernels = this.#kernelsFor(precision);
    const located = this.#locate(f, precision);
    const { map, origin, top } = located;
    if (!located.complete) this.#cover(located, kernels, x, n);
    if (f.above === 'identity') kernels.identity(x, out, n, map.low, map.high, map.centre, map.density, origin, top);
    else kernels.limits(x, out, n, map.low, map.high, map.centre, map.density, origin);
  }

  /** gradOutput · f, likewise. */
  backward(f: SmoothFunction, precision: Precision, gradOutput: number, x: number, out: number, n: number): void {
    const kernels = this.#kernelsFor(precision);
    const located = this.#locate(f, precision);
    const { map, origin } = located;
    if (!located.complete) this.#cover(located, kernels, x, n);
    kernels.product(gradOutput, x, out, n, map.low, map.high, map.centre, map.density, origin);
  }

  /** Another module at work on this memory. @throws TypeError if there is none. */
  instance<T>({ module }: { readonly module?: WebAssembly.Module }): T {
    if (module === undefined) throw new TypeError('WebAssembly SIMD is not available');
    return new WebAssembly.Instance(module, { env: { memory: this.#memory } }).exports as T;
  }

  #kernelsFor(precision: Precision): Kernels {
    this.#kernels[precision] ??= this.instance<Kernels>(modules[precision]());
    return this.#kernels[precision];
  }

  #cover(located: Located, { extent }: Kernels, x: number, n: number): void {
    let [least, largest] = [-Infinity, Infinity];
    if (extent) {
      extent(x, n);
      const e = this.#extent;
      least = Math.min(e[0], e[1], e[2], e[3]);
      largest = Math.max(e[4], e[5], e[6], e[7]);
    }
    located.complete = located.cover(least, largest, n);
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
    const address = this.#reserve(table.data.byteLength);
    const target = new Float64Array(this.buffer, address, table.data.length);
    return {
      map: table.map,
      origin: originOf(address, table.first, 8 * CORRECT_ROW),
      top: table.top,
      cover: placeRows(table, target),
      complete: false,
    };
  }

  #placeFast(f: SmoothFunction): Located {
    const table = fastTable(f);
    const address = this.#reserve(table.data.byteLength);
    new Float32Array(this.buffer, address, table.data.length).set(table.data);
    const origin = originOf(address, table.first, 4 * FAST_ROW);
    return { map: f.fast, origin, top: table.top, cover: () => true, complete: true };
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

function originOf(address: number, first: number, rowBytes: number): number {
  return (address - Math.imul(MAGIC_BITS + first, rowBytes)) | 0;
}
