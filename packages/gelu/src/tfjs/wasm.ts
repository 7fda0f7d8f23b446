import type { DataId, TensorInfo } from '@tensorflow/tfjs-core';
import { type Layout, OWN } from '../kernels/memory/layout.js';
import { adopt } from '../kernels/memory/memories.js';
import { KernelMemory } from '../kernels/memory/memory.js';
import { fastModule } from '../kernels/wasm/fast-module.js';
import { type Compiled, compiled, correctModule, piecesModule, tableModule } from '../kernels/wasm/modules.js';
import {
  CORRECT,
  CORRECT_SHARED,
  FAST,
  FAST_SHARED,
  PIECES,
  PIECES_SHARED,
  TABLE,
  TABLE_SHARED,
} from '../kernels/wasm/placed.generated.js';
import { compute, type Inputs, type Work } from './kernels.js';

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

/** The modules that work in a memory of another program, and in one that its threads share, by the usual ones. */
const variants = (correct: string, fast: string, table: string, pieces: string): ReadonlyMap<Compiled, Compiled> =>
  new Map([
    [correctModule, compiled(correct)],
    [fastModule, compiled(fast)],
    [tableModule, compiled(table)],
    [piecesModule, compiled(pieces)],
  ]);
const PLAIN = variants(CORRECT, FAST, TABLE, PIECES);
const SHARED = variants(CORRECT_SHARED, FAST_SHARED, TABLE_SHARED, PIECES_SHARED);

const memories = new WeakMap<WasmModule, { readonly memory?: GuestMemory }>();

/**
 * The kernels of the backend 'wasm': they work on the tensors where they stand, in the backend's memory, where they also
 * keep their tables. Without WebAssembly SIMD, or if the memory is not to be had, the tensors are worked on from outside.
 */
export function wasmKernel({ x, dy }: Inputs, work: Work, backend: unknown): TensorInfo {
  const { wasm, dataIdMap, makeOutput } = backend as Wasm;
  const out = makeOutput.call(backend, x.shape, 'float32');
  const memory = memoryFor(wasm);
  // Room for output and tables may move the memory's arrays, so that views come afterwards.
  memory?.refresh();
  if (memory) adopt(memory);
  const buffer = memory?.buffer ?? wasm.HEAPU8.buffer;
  const view = ({ dataId }: TensorInfo): Float32Array =>
    new Float32Array(buffer, dataIdMap.get(dataId).memoryOffset, x.size);
  compute(work, view(x), view(out), dy && view(dy));
  return out;
}

function memoryFor(wasm: WasmModule): GuestMemory | undefined {
  let found = memories.get(wasm);
  if (found === undefined) {
    const memory = wasm.wasmMemory ?? wasm.asm?.memory;
    found = memory === undefined ? {} : { memory: guest(wasm, memory) };
    memories.set(wasm, found);
  }
  return found.memory;
}

/** A part of another program's memory, which may grow, with modules that take nothing in it for granted. */
class GuestMemory extends KernelMemory {
  readonly #variants: ReadonlyMap<Compiled, Compiled>;

  constructor(memory: WebAssembly.Memory, layout: Layout, variants: ReadonlyMap<Compiled, Compiled>) {
    super(memory, layout);
    this.#variants = variants;
  }

  /** To be called before each use, and before arrays in it are: the memory may have grown. */
  refresh(): void {
    if (this.buffer !== this.memory.buffer) this.makeArrays();
  }

  protected override moduleOf(compiled: Compiled): WebAssembly.Module | undefined {
    return this.#variants.get(compiled)?.().module as WebAssembly.Module | undefined;
  }
}

/** The kernels in a part of the backend's memory that is theirs from then on: as much as they have in a memory of their own. */
function guest(wasm: WasmModule, memory: WebAssembly.Memory): GuestMemory {
  const start = wasm._malloc(OWN.end) >>> 0;
  if (start === 0) throw new RangeError(`cannot allocate ${OWN.end} bytes in the memory of the backend 'wasm'`);
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const offset = Math.ceil(start / 64) * 64 - OWN.scratch;
  const layout = Object.fromEntries(Object.entries(OWN).map(([place, address]) => [place, address + offset]));
  return new GuestMemory(memory, layout as unknown as Layout, shared ? SHARED : PLAIN);
}
