import { keptFor } from '../../shared/cache.js';
import type { WasmMemory, WasmModule } from '../../shared/globals.js';
import type { Compiled } from '../wasm/modules.js';
import { CHUNK, type Layout } from './layout.js';
import type { Program } from './program.js';
import { type Cover, coverRows } from './rows.js';

/** What kernel modules export. Addresses are in bytes, n is a multiple of 8, `at` is where the header stands. */
interface Exports {
  readonly [kernel: string]: (...values: number[]) => void;
}

/** A program in a memory. */
export interface LoadedKernel {
  readonly program: Program;
  /** Where its header stands: the last argument of both kernels. */
  readonly at: number;
  /** f on n elements from address x to address out. */
  forward(x: number, out: number, n: number, at: number): void;
  /** gradient · f, likewise. */
  backward(gradient: number, x: number, out: number, n: number, at: number): void;
  /** Leaves the least and the largest of n elements, four of each, in the scratch. */
  extent(x: number, n: number): void;
  /** What makes the rows of its table, as long as not all have been made. */
  cover: Cover | undefined;
}

/** A WebAssembly memory in which kernels work: one of our own, which never grows. */
export class KernelMemory {
  declare readonly layout: Layout;
  /** Arrays of the memory as it was at the last `makeArrays`. */
  declare buffer: ArrayBufferLike;
  declare stage: Float32Array;
  declare stageGradient: Float32Array;
  /** From the scratch on. */
  declare scratch: Float32Array;
  declare protected readonly memory: WasmMemory;
  #loaded = new WeakMap<Program, LoadedKernel>();
  #last: LoadedKernel | undefined;
  #free: number;

  constructor(memory: WasmMemory, layout: Layout) {
    this.layout = layout;
    this.memory = memory;
    this.#free = layout.tables;
    this.makeArrays();
  }

  protected makeArrays(): void {
    const { memory, layout } = this;
    const floats = (address: number) => new Float32Array(memory.buffer, address, CHUNK);
    this.buffer = memory.buffer;
    this.stage = floats(layout.stage);
    this.stageGradient = floats(layout.stageGradient);
    this.scratch = floats(layout.scratch);
  }

  /** The module that does here what `compiled` does in a memory of our own. */
  protected moduleOf(compiled: Compiled): WasmModule | undefined {
    return compiled().module;
  }

  /** A module at work on this memory: its exports. */
  readonly instance: (compiled: Compiled) => Exports = keptFor((compiled) => {
    const module = this.moduleOf(compiled) as WebAssembly.Module;
    const env = { memory: this.memory, scratch: this.layout.scratch };
    return new WebAssembly.Instance(module, { env }).exports as unknown as Exports;
  });

  /** The program in this memory. To be asked for before each use: its table may have had to go. */
  load(program: Program): LoadedKernel {
    if (this.#last?.program === program) return this.#last;
    this.#last = this.#loaded.get(program) ?? this.#place(program);
    return this.#last;
  }

  #place(program: Program): LoadedKernel {
    const { header, rows: source, table } = program;
    const { [program.forward]: forward, [program.backward]: backward, extent } = this.instance(program.module);
    // When all room is taken every table is dropped; those still in use come back when needed.
    const size = Math.ceil((header.length + source.byteLength) / 64) * 64;
    if (this.#free + size > this.layout.end) {
      this.#loaded = new WeakMap();
      this.#free = this.layout.tables;
    }
    const at = this.#free;
    this.#free += size;
    const rows = (): Program['rows'] =>
      new (source.constructor as Float64ArrayConstructor)(this.buffer, at + header.length, source.length);
    new Uint8Array(this.buffer, at).set(header);
    if (!table) rows().set(source);
    const kernel = { program, at, forward, backward, extent, cover: table && coverRows(table, source, rows) };
    this.#loaded.set(program, kernel);
    return kernel;
  }
}
