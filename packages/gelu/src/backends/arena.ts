import { CORRECT_ROW, correctTable } from '../kernels/correct-table.js';
import { FAST_ROW, fastTable } from '../kernels/fast-table.js';
import { type Compiled, type Kernels, modules, type Precision } from '../kernels/modules.js';
import type { IndexMap, SmoothFunction } from '../kernels/smooth.js';
import { placeRows } from './rows.js';

/** Elements that go through the memory at a time when an array lives outside it: input and gradient fit the L2 cache. */
export const CHUNK = 16384;

/** A memory for kernels to work in, and the places in it, in bytes. */
export interface Site {
  readonly memory: WebAssembly.Memory;
  /** Where the kernels keep the row addresses of a block: SCRATCH_BYTES. */
  readonly scratch: number;
  /** Room for a chunk of the input, which is also the output's, and for one of the gradient. */
  readonly stage: number;
  readonly stageGradient: number;
  readonly modules: { readonly [precision in Precision]: Compiled };
  /** The address of so many bytes for a table, at a multiple of 64; undefined when all room is taken. */
  reserve(bytes: number): number | undefined;
  /** Takes back all that was reserved. */
  release(): void;
}

/** 512 addresses, which is the size of a block in the kernels. */
export const SCRATCH_BYTES = 2048;
const SCRATCH = 1024;
/** Not at a cache line's start: memory from malloc is not either, and a copy between like places is faster by a third. */
const STAGE: number = 4096 + 16;
const STAGE_GRADIENT: number = STAGE + 4 * CHUNK + 64;
const TABLES: number = (STAGE_GRADIENT + 4 * CHUNK + 4095) & ~4095;
const TABLE_BYTES = 6 << 20;
/** Where allocated arrays begin: at a page's start, which the kernels like better by a twentieth. */
export const HEAP: number = TABLES + TABLE_BYTES;

/**
 * A memory of our own, whose size never changes.
 *
 * @throws RangeError if the engine has no room for such a memory.
 */
export function ownSite(bytes: number): Site {
  const pages = Math.ceil(bytes / 65536);
  let free = TABLES;
  return {
    memory: new WebAssembly.Memory({ initial: pages, maximum: pages }),
    scratch: SCRATCH,
    stage: STAGE,
    stageGradient: STAGE_GRADIENT,
    modules,
    reserve: (size) => {
      const address = free;
      if (address + size > HEAP) return undefined;
      free += (size + 63) & ~63;
      return address;
    },
    release: () => {
      free = TABLES;
    },
  };
}

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

/** Views of a memory, valid until it grows. */
interface Views {
  readonly buffer: ArrayBufferLike;
  readonly stage: Float32Array;
  readonly stageGradient: Float32Array;
  readonly extent: Float32Array;
}

/** A WebAssembly memory with the kernels at work on it. */
export class Arena {
  readonly site: Site;
  readonly #kernels: { [precision in Precision]?: Kernels } = {};
  readonly #tables: { readonly [precision in Precision]: Map<SmoothFunction, Located> };
  #views: Views;

  constructor(site: Site) {
    this.site = site;
    this.#views = this.#view();
    this.#tables = { correct: new Map(), fast: new Map() };
  }

  get buffer(): ArrayBufferLike {
    return this.site.memory.buffer;
  }

  /** The memory's buffer, and the stages as arrays, as they are now. */
  views(): Views {
    if (this.#views.buffer !== this.buffer) this.#views = this.#view();
    return this.#views;
  }

  #view(): Views {
    const { memory, scratch, stage, stageGradient } = this.site;
    const { buffer } = memory;
    return {
      buffer,
      stage: new Float32Array(buffer, stage, CHUNK),
      stageGradient: new Float32Array(buffer, stageGradient, CHUNK),
      extent: new Float32Array(buffer, scratch, 8),
    };
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
    const { memory, scratch } = this.site;
    return new WebAssembly.Instance(module, { env: { memory, scratch } }).exports as T;
  }

  /** Places f's table, so that no later work on f takes room in the memory, which may then grow. */
  prepare(f: SmoothFunction, precision: Precision): void {
    this.#locate(f, precision);
  }

  #kernelsFor(precision: Precision): Kernels {
    this.#kernels[precision] ??= this.instance<Kernels>(this.site.modules[precision]());
    return this.#kernels[precision];
  }

  #cover(located: Located, { extent }: Kernels, x: number, n: number): void {
    let [least, largest] = [-Infinity, Infinity];
    if (extent) {
      extent(x, n);
      const e = this.views().extent;
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
    return {
      map: table.map,
      origin: originOf(address, table.first, 8 * CORRECT_ROW),
      top: table.top,
      cover: placeRows(table, () => new Float64Array(this.buffer, address, table.data.length)),
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
    const address = this.site.reserve(bytes);
    if (address !== undefined) return address;
    this.#tables.correct.clear();
    this.#tables.fast.clear();
    this.site.release();
    return this.site.reserve(bytes) as number;
  }
}

const MAGIC_BITS = 0x4b000000; // 2²³ as float32: the kernels take these bits for part of the row number

function originOf(address: number, first: number, rowBytes: number): number {
  return (address - Math.imul(MAGIC_BITS + first, rowBytes)) | 0;
}
