import type { SmoothFunction } from '../gelu/smooth.js';
import type { Compiled, Precision } from '../wasm/modules.js';

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
  /** The modules that can work there, if they are not the usual ones. */
  readonly modules?: { readonly [precision in Precision]: Compiled };
  /**
   * The address of so many bytes for a table, at a multiple of 64; undefined when all room is taken, and then all that was
   * reserved is taken back.
   */
  reserve(bytes: number): number | undefined;
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
    reserve: (size) => {
      const address = free;
      const end = address + ((size + 63) & ~63);
      free = end > HEAP ? TABLES : end;
      return end > HEAP ? undefined : address;
    },
  };
}

/** A function with its table in a memory. Addresses are in bytes, n is a multiple of 8. */
export interface Placed {
  /** f on n elements from address x to address out. */
  forward(x: number, out: number, n: number): void;
  /** gradOutput · f, likewise. */
  backward(gradOutput: number, x: number, out: number, n: number): void;
}

/** How a precision is done. */
export interface Precise {
  readonly module: Compiled;
  place(f: SmoothFunction, arena: Arena): Placed;
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
  readonly #places = new Map<Precise, Map<SmoothFunction, Placed>>();
  #views: Views | undefined;

  constructor(site: Site) {
    this.site = site;
  }

  get buffer(): ArrayBufferLike {
    return this.site.memory.buffer;
  }

  /** The memory's buffer, and the stages as arrays, as they are now. */
  views(): Views {
    const { buffer } = this;
    if (this.#views?.buffer === buffer) return this.#views;
    const floats = (address: number, length: number) => new Float32Array(buffer, address, length);
    const { scratch, stage, stageGradient } = this.site;
    this.#views = {
      buffer,
      stage: floats(stage, CHUNK),
      stageGradient: floats(stageGradient, CHUNK),
      extent: floats(scratch, 8),
    };
    return this.#views;
  }

  /** The function, its table in this memory, which may have grown for it. To be asked for before each use: a table may have had to go. */
  placed(f: SmoothFunction, precise: Precise): Placed {
    const places = this.#places.get(precise) ?? new Map<SmoothFunction, Placed>();
    const placed = places.get(f) ?? precise.place(f, this);
    this.#places.set(precise, places.set(f, placed));
    return placed;
  }

  /** A module at work on this memory: its exports. @throws TypeError if there is none. */
  instance<T>(compiled: Compiled): T {
    const { module } = compiled();
    if (module === undefined) throw new TypeError('WebAssembly SIMD is not available');
    const { memory, scratch } = this.site;
    return new WebAssembly.Instance(module, { env: { memory, scratch } }).exports as T;
  }

  /** Room for a table. When all is taken every table is dropped; those still in use come back when needed. */
  reserve(bytes: number): number {
    const address = this.site.reserve(bytes);
    if (address !== undefined) return address;
    for (const places of this.#places.values()) places.clear();
    return this.site.reserve(bytes) as number;
  }
}

const MAGIC_BITS = 0x4b000000; // 2²³ as float32: the kernels take these bits for part of the row number

/** The address of row 0, less what the kernels' way to the row's number adds, for a table at `address`. */
export function originOf(address: number, first: number, rowBytes: number): number {
  return (address - Math.imul(MAGIC_BITS + first, rowBytes)) | 0;
}
