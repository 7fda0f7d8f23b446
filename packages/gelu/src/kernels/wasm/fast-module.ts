import { type Compiled, compiled } from './modules.js';
import { FAST, FAST_RELAXED } from './wasm-fast.generated.js';

const relaxed: Compiled = /* @__PURE__ */ compiled(FAST_RELAXED);
const plain: Compiled = /* @__PURE__ */ compiled(FAST);
export const fastModule: Compiled = () => (relaxed().module ? relaxed() : plain());
