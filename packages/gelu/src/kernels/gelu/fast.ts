import { originOf, type Precise } from '../memory/arena.js';
import { fastModule } from '../wasm/fast-module.js';
import type { FastKernels } from '../wasm/modules.js';
import { FAST_ROW, fastTable } from './fast-table.js';

/** The kernels within 1 ULP. */
export const fast: Precise = {
  module: fastModule,
  place(f, arena) {
    const { data, first, map } = fastTable(f);
    const { low, high, centre, density } = map;
    const address = arena.reserve(data.byteLength);
    const origin = originOf(address, first, 4 * FAST_ROW);
    const kernels = arena.instance<FastKernels>(arena.site.modules?.fast ?? fastModule);
    const forward = f.above === 'identity' ? kernels.identity : kernels.limits;
    new Float32Array(arena.buffer, address, data.length).set(data);
    return {
      forward: (x, out, n) => forward(x, out, n, low, high, centre, density, origin),
      backward: (gradOutput, x, out, n) => kernels.product(gradOutput, x, out, n, low, high, centre, density, origin),
    };
  },
};
