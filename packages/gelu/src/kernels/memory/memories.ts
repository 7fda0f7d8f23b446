import { onFirstUse } from '../../shared/cache.js';
import { HEAP, OWN } from './layout.js';
import { KernelMemory } from './memory.js';

/** Room in the staging memory for those who work in chunks of their own, from HEAP on. */
const STAGING_ROOM = 524288;

const known = /* @__PURE__ */ new WeakMap<ArrayBufferLike, KernelMemory>();

/** The memory of kernels whose buffer that is, if any: what stands in it is worked on where it stands. */
export function memoryOf(buffer: ArrayBufferLike): KernelMemory | undefined {
  return known.get(buffer);
}

/** Lets the kernels work in place on arrays in this memory, as it is now. */
export function adopt(memory: KernelMemory): KernelMemory {
  known.set(memory.buffer, memory);
  return memory;
}

/**
 * A memory of our own with room for so many bytes from HEAP on; its size never changes.
 *
 * @throws RangeError if the engine has no room for such a memory.
 */
export function ownMemory(room: number): KernelMemory {
  const pages = Math.ceil((HEAP + room) / 65536);
  return adopt(new KernelMemory(new WebAssembly.Memory({ initial: pages, maximum: pages }), OWN));
}

/** The memory through which arrays from elsewhere pass. No array is allocated in it. */
export const stagingMemory: () => KernelMemory = /* @__PURE__ */ onFirstUse(() => ownMemory(STAGING_ROOM));
