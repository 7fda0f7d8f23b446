import type { Activation, Bound } from '../../activations/model/activation.js';
import { recent } from '../../shared/cache.js';
import type { Kernel } from '../target.js';

type Made = Kernel<Float32Array> | undefined;
/** Makes the float32 kernel of an activation (order 0) or its derivative (order 1); undefined where there is none. */
export type MakeKernel = (bound: Bound, order: 0 | 1) => Made;

/** Kernels kept for each activation: parameters may be trained, and then are others at every step. */
const KEPT = 16;

// Two definitions of a user's may share a name, so the key alone would not do.
const kernels = /* @__PURE__ */ new WeakMap<
  Activation,
  (key: string, make: () => { readonly kernel: Made }) => { readonly kernel: Made }
>();

/** The kernel that `make` makes, or made for the same activation with the same parameters. */
export function keptKernel(make: MakeKernel, bound: Bound, order: 0 | 1): Made {
  let own = kernels.get(bound.definition);
  if (own === undefined) {
    own = recent(KEPT);
    kernels.set(bound.definition, own);
  }
  return own(`${order} ${bound.key}`, () => ({ kernel: make(bound, order) })).kernel;
}
