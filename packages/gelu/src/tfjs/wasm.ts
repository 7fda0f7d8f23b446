import type { DataId, TensorInfo } from '@tensorflow/tfjs-core';
import { precisions } from '../kernels/gelu/precisions.js';
import { Arena, CHUNK, SCRATCH_BYTES, type Site } from '../kernels/memory/arena.js';
import { adopt } from '../kernels/memory/heap.js';
import { type Compiled, compiled, type Precision } from '../kernels/wasm/modules.js';
import { CORRECT, CORRECT_SHARED, FAST, FAST_SHARED } from '../kernels/wasm/placed.generated.js';
import { compute, type Inputs, smoothFunction, type Work } from './kernels.js';

/** What is used of the backend 'wasm'. */
interface Wasm {
  readonly wasm: WasmModule;
  readonly dataIdMap: { get(id: DataId): { readonly memoryOffset: number } };
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
}

/** The module as Emscripten makes it: the threaded build has its memory under another name. */
interface WasmModule {
  readonly HEAPU8: Uint8Array;
  readonly asm?: { readonly memory?: WebAssembly.Memory };
  readonly wasmMemory?: WebAssembly.Memory;
  _malloc(bytes: number): number;
}

/** The kernels that work in a memory of another program, and in one that its threads share. */
const PLAIN: { readonly [precision in Precision]: Compiled } = { correct: compiled(CORRECT), fast: compiled(FAST) };
const SHARED: { readonly [precision in Precision]: Compiled } = {
  correct: compiled(CORRECT_SHARED),
  fast: compiled(FAST_SHARED),
};

const arenas = new WeakMap<WasmModule, { readonly arena?: Arena }>();

/**
 * The kernels of the backend 'wasm': they work on the tensors where they stand, in the backend's memory, where they also
 * keep their tables. Without WebAssembly SIMD, or if the memory is not to be had, the tensors are worked on from outside.
 */
export function wasmKernel({ x, dy }: Inputs, work: Work, backend: unknown): TensorInfo {
  const { wasm, dataIdMap, makeOutput } = backend as Wasm;
  const out = makeOutput.call(backend, x.shape, 'float32');
  const arena = arenaFor(wasm);
  const f = smoothFunction(work);
  // Both may move the memory's arrays, so that views come afterwards.
  if (arena && f) arena.placed(f, precisions[work.precision] ?? precisions.correct);
  if (arena) adopt(arena);
  const buffer = arena?.buffer ?? wasm.HEAPU8.buffer;
  const view = ({ dataId }: TensorInfo): Float32Array =>
    new Float32Array(buffer, dataIdMap.get(dataId).memoryOffset, x.size);
  compute(work, view(x), view(out), dy && view(dy));
  return out;
}

function arenaFor(wasm: WasmModule): Arena | undefined {
  let found = arenas.get(wasm);
  if (found === undefined) {
    const memory = wasm.wasmMemory ?? wasm.asm?.memory;
    found = memory === undefined ? {} : { arena: new Arena(site(wasm, memory)) };
    arenas.set(wasm, found);
  }
  return found.arena;
}

function site(wasm: WasmModule, memory: WebAssembly.Memory): Site {
  const reserve = (bytes: number): number => {
    const address = wasm._malloc(bytes + 63) >>> 0;
    if (address === 0) throw new RangeError(`no room for ${bytes} bytes in the memory of the backend 'wasm'`);
    return address + ((64 - (address % 64)) % 64);
  };
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const stageBytes = 4 * CHUNK + 64;
  const scratch = reserve(SCRATCH_BYTES + 2 * stageBytes);
  return {
    memory,
    scratch,
    stage: scratch + SCRATCH_BYTES,
    stageGradient: scratch + SCRATCH_BYTES + stageBytes,
    modules: shared ? SHARED : PLAIN,
    reserve,
  };
}
