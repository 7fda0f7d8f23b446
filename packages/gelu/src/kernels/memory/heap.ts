import { describe, GeluRangeError, GeluTypeError } from '../../shared/errors.js';
import { correctModule } from '../wasm/modules.js';
import { HEAP } from './layout.js';
import { ownMemory } from './memories.js';
import type { KernelMemory } from './memory.js';

/** Room for arrays in a new memory, if that is enough. It is reserved, not used: an engine commits pages when touched. */
const USUAL = 2 ** 28;
const LARGEST: number = /* @__PURE__ */ (() => 2 ** 32 - 65536 - HEAP)();

/** A memory and the parts of it that are free, in order of their addresses. */
interface Heap {
  readonly memory: KernelMemory;
  /** Up to here there may be something else than zeros. */
  used: number;
  readonly free: [start: number, end: number][];
}

/** What was allocated and not freed yet: its place, or nothing for an array outside of any such memory. */
interface Owned {
  readonly heap?: Heap;
  readonly start: number;
  readonly end: number;
}

const heaps: WeakRef<Heap>[] = [];
const heapOf = /* @__PURE__ */ new WeakMap<ArrayBufferLike, Heap>();
const owned = /* @__PURE__ */ new WeakMap<Float32Array, Owned>();

/**
 * A Float32Array of `length` zeros inside WebAssembly's memory: the kernels work on it where it stands, while other
 * arrays pass through that memory in chunks, which takes a quarter longer. Input and output should come from one memory:
 * arrays allocated one after the other mostly do. Where there is no WebAssembly, or no such memory of that size (4 GiB is
 * the most), the array is an ordinary one.
 *
 * A result is never allocated here by itself, since nobody would free it: give an allocated array as `out`.
 *
 * Its memory returns to the system when none of the arrays in it is reachable any more, or by {@link free} before that.
 *
 * @throws GeluTypeError if length is no number.
 * @throws GeluRangeError if dtype is not 'float32', the only type whose kernels work in place; if length is not an integer
 * of at least 0, or there is no room for so many elements.
 *
 * @example
 * const x = allocate('float32', 2);
 * x.set([-1, 1]);
 * gelu(x, { out: x }); // Float32Array [-0.15865525603294373, 0.8413447737693787]
 * free(x);
 */
export function allocate(dtype: 'float32', length: number): Float32Array {
  if (dtype !== 'float32') throw new GeluRangeError('dtype', "'float32'", describe(dtype));
  if (typeof length !== 'number') throw new GeluTypeError('length', 'a number', describe(length));
  if (!Number.isSafeInteger(length) || length < 0)
    throw new GeluRangeError('length', 'an integer of at least 0', String(length));
  const bytes = Math.max(64, Math.ceil((4 * length) / 64) * 64);
  const heap = bytes <= LARGEST && correctModule().module !== undefined ? heapFor(bytes) : undefined;
  if (heap === undefined) {
    const array = ordinary(length);
    owned.set(array, { start: 0, end: 0 });
    return array;
  }
  const start = take(heap, bytes) as number;
  const array = new Float32Array(heap.memory.buffer, start, length);
  if (start < heap.used) array.fill(0);
  heap.used = Math.max(heap.used, start + bytes);
  owned.set(array, { heap, start, end: start + bytes });
  return array;
}

/**
 * Gives back the room of an array from {@link allocate}: neither it nor views of it may be used afterwards.
 *
 * @throws GeluTypeError if it is not an array that `allocate` returned, or was freed before: a view of one is another
 * array, and so is one that came from another thread.
 *
 * @example
 * const x = allocate('float32', 1000);
 * free(x);
 */
export function free(array: Float32Array): void {
  const place = owned.get(array);
  if (place === undefined) {
    const received =
      ArrayBuffer.isView(array) && heapOf.has(array.buffer) ? 'a view of one, or one that was freed' : describe(array);
    throw new GeluTypeError('array', 'an array that allocate returned and that was not freed yet', received);
  }
  owned.delete(array);
  if (place.heap) giveBack(place.heap.free, place.start, place.end);
}

/** A heap with room for so many bytes; undefined if the engine has none. */
function heapFor(bytes: number): Heap | undefined {
  for (const reference of heaps) {
    const heap = reference.deref();
    if (heap?.free.some(([start, end]) => end - start >= bytes)) return heap;
  }
  for (const room of [Math.max(USUAL, bytes), bytes]) {
    try {
      const memory = ownMemory(room);
      const heap: Heap = { memory, used: HEAP, free: [[HEAP, memory.buffer.byteLength]] };
      heaps.splice(0, heaps.length, ...heaps.filter((reference) => reference.deref() !== undefined));
      heaps.push(new WeakRef(heap));
      heapOf.set(memory.buffer, heap); // lives as long as an array in it
      return heap;
    } catch {
      // no room for a memory of this size
    }
  }
  return undefined;
}

function take({ free }: Heap, bytes: number): number | undefined {
  const at = free.findIndex(([start, end]) => end - start >= bytes);
  if (at < 0) return undefined;
  const part = free[at];
  const start = part[0];
  part[0] += bytes;
  if (part[0] === part[1]) free.splice(at, 1);
  return start;
}

function giveBack(free: [number, number][], start: number, end: number): void {
  const at = free.findIndex((part) => part[0] >= start);
  free.splice(at < 0 ? free.length : at, 0, [start, end]);
  for (let i = free.length - 1; i > 0; i--) if (free[i - 1][1] >= free[i][0]) free[i - 1][1] = free.splice(i, 1)[0][1];
}

function ordinary(length: number): Float32Array {
  try {
    return new Float32Array(length);
  } catch {
    throw new GeluRangeError('length', 'a number of elements that fits in memory', String(length));
  }
}
