import { type Compiled, compiled } from './modules.js';
import { FAST, FAST_RELAXED } from './wasm-fast.generated.js';

export const fastModule: Compiled = /* @__PURE__ */ compiled(FAST_RELAXED, FAST);
