import { type Compiled, compiled } from './modules.js';
import { JAX, JAX_SHARED } from './wasm-jax.generated.js';

/** The kernel for jax-js's memory, which is shared or not. */
export const jaxModule: Compiled = /* @__PURE__ */ compiled(JAX);
export const jaxSharedModule: Compiled = /* @__PURE__ */ compiled(JAX_SHARED);
