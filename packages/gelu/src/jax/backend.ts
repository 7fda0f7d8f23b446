import { jaxModule, jaxSharedModule } from '../kernels/wasm/jax-modules.js';
import { JaxArray, np } from './peer.js';

// What this file and `primitive.ts` use of jax-js is not part of its documented interface. `primitive.ts` tries all of
// it before anything relies on it.

/** A buffer in the memory of a back end of jax-js. */
type Slot = number;

/** What jax-js runs: a kernel that it compiled, or a routine, with the parameters of its operation. */
interface Executable {
  readonly source: { readonly name?: string; readonly type?: RoutineType; readonly params?: object };
  readonly data: { readonly sync: boolean };
}

interface RoutineType {
  readonly outputShapes: readonly (readonly number[])[];
}

interface WasmBackend {
  malloc(size: number, data?: Uint8Array): Slot;
  dispatch(executable: Executable, inputs: readonly Slot[], outputs: readonly Slot[]): void;
}

/** Our kernel with two tables, of which the second may be missing. */
export interface Work {
  readonly label: string;
  readonly tables: readonly [() => Uint8Array, (() => Uint8Array) | undefined];
}

/**
 * From now on, routines of which `workOf` knows the parameters are done by our kernel, in jax-js's memory and, where it has
 * them, on its threads: `dispatch` runs any WebAssembly module that has the signature of its own kernels.
 */
export function installKernel(workOf: (parameters: object) => Work | undefined): void {
  const backend = wasmBackend();
  const dispatch = backend.dispatch;
  const nothing = backend.malloc(0);
  const slots = new Map<() => Uint8Array, Slot>();
  const slotOf = (table: (() => Uint8Array) | undefined): Slot => {
    if (table === undefined) return nothing;
    let slot = slots.get(table);
    if (slot === undefined) {
      slot = backend.malloc(table().length, table());
      slots.set(table, slot);
    }
    return slot;
  };
  backend.dispatch = function (executable, inputs, outputs) {
    const { source, data } = executable;
    const work = source.params && source.type && workOf(source.params);
    if (!work || !source.type) {
      dispatch.call(this, executable, inputs, outputs);
      return;
    }
    const ours = {
      source: { name: work.label, type: source.type },
      data: { sync: data.sync, program: program(source.type) },
    };
    dispatch.call(this, ours, [inputs[0], slotOf(work.tables[0]), slotOf(work.tables[1])], outputs);
  };
}

/** As jax-js describes a kernel; `workSize` is the number of elements. */
function program({ outputShapes }: RoutineType): object {
  // By this jax-js decides whether its memory is shared.
  const shared = typeof SharedArrayBuffer !== 'undefined' && typeof Worker !== 'undefined';
  return {
    kernelHash: 'gelu/jax',
    module: (shared ? jaxSharedModule() : jaxModule()).module,
    workSize: outputShapes[0].reduce((a, b) => a * b, 1),
    chunkAlignment: 16,
  };
}

/** The WebAssembly back end: an operation on two arrays asks the second to come to the back end of the first. */
function wasmBackend(): WasmBackend {
  let found: WasmBackend | undefined;
  const [x, y] = [0, 0].map(() => np.zeros([1], { device: 'wasm' })) as unknown as Internal[];
  y._putSync = (backend) => {
    found = backend;
    return JaxArray.prototype._putSync.call(y as never, backend as never) as unknown as Internal;
  };
  for (const sum of x._trace.processPrimitive('add', [x, y], {})) sum.dispose();
  if (!found) throw new Error('jax-js keeps its back end elsewhere');
  return found;
}

/** What we use of an array or a tracer. */
export interface Internal {
  readonly shape: readonly number[];
  readonly ref: Internal;
  readonly _trace: Trace;
  _putSync(backend: WasmBackend): Internal;
  fullLower(): Internal;
  mul(other: Internal): Internal;
  dispose(): void;
}

/** An interpreter of jax-js: evaluation, differentiation, vectorization, recording. */
export interface Trace {
  processPrimitive(primitive: string, inputs: readonly Internal[], parameters: object): Internal[];
}
