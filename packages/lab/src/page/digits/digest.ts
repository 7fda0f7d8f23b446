import type { HostArray } from '../../numbers/host-array.js';

/** All bits of some arrays in eight hexadecimal digits (FNV-1a over 32-bit words): equal for equal networks. */
export function digest(arrays: Readonly<Record<string, HostArray>>): string {
  let hash = 0x811c9dc5;
  for (const name of Object.keys(arrays).sort()) {
    const { values } = arrays[name];
    for (const word of new Uint32Array(values.buffer, values.byteOffset, values.length))
      hash = Math.imul(hash ^ word ^ (word >>> 15), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
