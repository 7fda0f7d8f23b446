import type { Program } from '../memory/program.js';
import { type Cover, coverRows } from '../memory/rows.js';
import { fastModule } from '../wasm/fast-module.js';
import { type Compiled, correctModule, piecesModule, tableModule } from '../wasm/modules.js';
import type { Addon } from './addon.js';
import { type NativeRun, native } from './hook.js';

/** The kernels by the modules and the names of their exports: as enum Kind in the package's src/kernels.h. */
const KINDS: ReadonlyMap<Compiled, { readonly [name: string]: number }> = /* @__PURE__ */ new Map<
  Compiled,
  { readonly [name: string]: number }
>([
  [correctModule, { forward: 0, product: 1 }],
  [fastModule, { identity: 2, limits: 3, product: 4 }],
  [tableModule, { forward: 5, product: 6 }],
  [piecesModule, { simple: 7, mixed: 8, simpleProduct: 9, mixedProduct: 10 }],
]);

/** Elements for which the rows they need are looked for at once. */
const STEP = 262144;

interface Loaded {
  readonly forward: number;
  readonly backward: number;
  /** Whether products and sums are formed at once. */
  readonly fused: boolean;
  /** What makes the rows of its table, as long as not all have been made. */
  cover: Cover | undefined;
}

/** Runs programs by the native kernels, on the arrays where they stand. `fuses` is asked when a fast kernel is. */
export function nativeRun(addon: Addon, fuses: () => boolean): NativeRun {
  const known = new WeakMap<Program, { readonly loaded?: Loaded }>();
  const ends = new Float32Array(2);
  return (program, x, out, gradOutput) => {
    let entry = known.get(program);
    if (entry === undefined) {
      entry = load(program, addon, fuses);
      known.set(program, entry);
    }
    const { loaded } = entry;
    if (loaded === undefined) return undefined;
    const { fused } = loaded;
    const kind = gradOutput ? loaded.backward : loaded.forward;
    const { header, rows } = program;
    const { length } = x;
    let from = 0;
    while (from < length && loaded.cover) {
      const to = Math.min(from + STEP, length);
      addon.extent(x, from, to, ends);
      const found = loaded.cover(ends[0], ends[1], to - from);
      if (found < 0) return from;
      if (found === 1) loaded.cover = undefined;
      addon.run(kind, fused, header, rows, x, out, gradOutput, from, to, native.threads);
      from = to;
    }
    if (from < length) addon.run(kind, fused, header, rows, x, out, gradOutput, from, length, native.threads);
    return length;
  };
}

function load(program: Program, addon: Addon, fuses: () => boolean): { loaded?: Loaded } {
  const { module, forward, backward, table, rows } = program;
  const kinds = KINDS.get(module);
  const fused = module === fastModule && fuses();
  if (kinds === undefined || (fused && !addon.fused())) return {};
  // The kernels read the rows where they are made.
  const cover = table && coverRows(table, rows, () => rows);
  return { loaded: { forward: kinds[forward], backward: kinds[backward], fused, cover } };
}
