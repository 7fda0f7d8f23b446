import { onFirstUse } from '../../shared/cache.js';
import { correctModule } from '../wasm/modules.js';
import { Arena, HEAP, ownSite } from './arena.js';

/** Room for arrays in a new arena, if that is enough. It is reserved, not used: an engine commits pages when touched. */
const USUAL = 256 << 20;
const LARGEST = 2 ** 32 - HEAP - 65536;

/** An arena and the parts of its heap that are free, in order of their addresses. */
interface Heap {
  readonly arena: Arena;
  readonly free: [start: number, end: number][];
}

const heaps: WeakRef<Heap>[] = [];
const byBuffer = new WeakMap<ArrayBufferLike, Heap>();

/** Room in the common arena for those who work in chunks of their own, from HEAP on. */
const COMMON_ROOM = 512 << 10;

/** The arena through which arrays from elsewhere pass. No array is allocated in it. */
export const commonArena: () => Arena = /* @__PURE__ */ onFirstUse(() => {
  const arena = new Arena(ownSite(HEAP + COMMON_ROOM));
  adopt(arena);
  return arena;
});

/** The arena whose memory the buffer is, if any. */
export function arenaOf(buffer: ArrayBufferLike): Arena | undefined {
  return byBuffer.get(buffer)?.arena;
}

/** Lets the kernels work in place on arrays in this buffer, which is that of the arena's memory as it is now. */
export function adopt(arena: Arena): void {
  if (!byBuffer.has(arena.buffer)) byBuffer.set(arena.buffer, { arena, free: [] });
}

/**
 * A Float32Array of `length` zeros in WebAssembly's memory, on which the kernels work without copies, as long as input
 * and output come from one such memory (arrays allocated one after the other mostly do). A memory is given back to the
 * system when none of its arrays is reachable any more; `freeFloat32` frees room in it before that.
 *
 * Where there is no such memory to be had, or no WebAssembly, the array is an ordinary one: it works the same.
 */
export function allocateFloat32(length: number): Float32Array {
  const bytes = Math.max(64, (4 * length + 63) & ~63);
  if (correctModule().module === undefined || !(4 * length <= LARGEST)) return new Float32Array(length);
  for (const reference of heaps) {
    const heap = reference.deref();
    const start = heap && take(heap, bytes);
    if (start !== undefined) return new Float32Array(heap!.arena.buffer, start, length).fill(0);
  }
  const heap = newHeap(bytes);
  return heap ? new Float32Array(heap.arena.buffer, take(heap, bytes), length) : new Float32Array(length);
}

/** Gives the room of an array from `allocateFloat32` back. Neither it nor views of it may be used afterwards. */
export function freeFloat32(array: Float32Array): void {
  const heap = byBuffer.get(array.buffer);
  if (heap === undefined) return;
  const start = array.byteOffset;
  const end = start + Math.max(64, (array.byteLength + 63) & ~63);
  const at = heap.free.findIndex((part) => part[0] >= start);
  heap.free.splice(at < 0 ? heap.free.length : at, 0, [start, end]);
  for (let i = heap.free.length - 1; i > 0; i--)
    if (heap.free[i - 1][1] >= heap.free[i][0]) heap.free[i - 1][1] = heap.free.splice(i, 1)[0][1];
}

function take(heap: Heap, bytes: number): number | undefined {
  const at = heap.free.findIndex(([start, end]) => end - start >= bytes);
  if (at < 0) return undefined;
  const part = heap.free[at];
  const start = part[0];
  part[0] += bytes;
  if (part[0] === part[1]) heap.free.splice(at, 1);
  return start;
}

function newHeap(bytes: number): Heap | undefined {
  for (const room of [Math.max(USUAL, bytes), bytes]) {
    try {
      const arena = new Arena(ownSite(HEAP + room));
      const heap: Heap = { arena, free: [[HEAP, arena.buffer.byteLength]] };
      heaps.splice(0, heaps.length, ...heaps.filter((reference) => reference.deref() !== undefined));
      heaps.push(new WeakRef(heap));
      byBuffer.set(arena.buffer, heap);
      return heap;
    } catch {
      // no room for a memory of this size
    }
  }
  return undefined;
}
