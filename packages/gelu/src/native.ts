/**
 * `gelu/native`: imported for what it does, kernels in C in place of those in WebAssembly, in Node, if the package `gelu-native`
 * is installed. The same bits. Elsewhere, and where there is nothing for the processor, all works as without it.
 *
 * The environment variable GELU_NATIVE chooses: `avx512`, `avx2`, `sse4`, `neon`, or `off`; by default the fastest that runs here.
 */
import { isAddon } from './kernels/native/addon.js';
import { native } from './kernels/native/hook.js';
import { install } from './kernels/native/install.js';
import { isNode } from './shared/environment.js';

/** What {@link nativeKernels} returns. */
export interface NativeKernels {
  /** The instruction set whose kernels do the work: 'avx512', 'avx2', 'sse4' or 'neon'; undefined where WebAssembly does it. */
  readonly running: string | undefined;
  /** Those that could: the fastest first. */
  readonly available: readonly string[];
  /** Why none is running. */
  readonly reason: string | undefined;
}

const none = (reason: string, available: readonly string[] = []): NativeKernels => ({
  running: undefined,
  available,
  reason,
});

/** Loads what there is, once. */
function start(): NativeKernels {
  if (!isNode()) return none('not in Node');
  const wanted = process.env.GELU_NATIVE || undefined;
  if (wanted === 'off') return none('GELU_NATIVE is off');
  const builtIn = process.getBuiltinModule?.('node:module');
  if (builtIn === undefined) return none('Node has no process.getBuiltinModule: 20.16 or newer is needed');
  let found: { readonly path?: unknown };
  try {
    found = builtIn.createRequire(typeof __filename === 'string' ? __filename : import.meta.url)('gelu-native');
  } catch (error) {
    return none(`gelu-native cannot be loaded: ${error instanceof Error ? error.message : error}`);
  }
  if (!isAddon(found) || typeof found.path !== 'string') return none('gelu-native is of another version');
  const { names, path } = found;
  const name = wanted ?? names[0];
  if (name === undefined) return none('no kernels for this processor');
  if (!install(found, { path, name })) return none(`GELU_NATIVE is ${name}, which does not run here`, names);
  return { running: native.file?.name, available: names, reason: undefined };
}

const kernels: NativeKernels = start();

/**
 * Which native kernels do the work.
 *
 * @example
 * const { running, available, reason } = nativeKernels(); // 'avx512' of ['avx512', 'avx2', 'sse4'], or undefined and the reason
 * (running === undefined) === (reason !== undefined); // true
 */
export function nativeKernels(): NativeKernels {
  return kernels;
}
