import { originOf, type Precise } from '../memory/arena.js';
import { type CorrectKernels, correctModule } from '../wasm/modules.js';
import { CORRECT_ROW, correctTable } from './correct-table.js';
import { placeRows } from './rows.js';

/** The correctly rounded kernels. Rows are made for the inputs that come, until there are enough of those. */
export const correct: Precise = {
  module: correctModule,
  place(f, arena) {
    const table = correctTable(f);
    const { data, first, map } = table;
    const { low, high, centre, density } = map;
    const address = arena.reserve(data.byteLength);
    const origin = originOf(address, first, 8 * CORRECT_ROW);
    const kernels = arena.instance<CorrectKernels>(arena.site.modules?.correct ?? correctModule);
    const cover = placeRows(table, () => new Float64Array(arena.buffer, address, data.length));
    let complete = false;
    const prepare = (x: number, n: number): void => {
      if (complete) return;
      kernels.extent(x, n);
      const { extent } = arena.views();
      complete = cover(Math.min(...extent.subarray(0, 4)), Math.max(...extent.subarray(4)), n);
    };
    const [until, lost] = f.above === 'identity' ? [f.top, 0x7fffffff] : [Infinity, -1];
    return {
      forward: (x, out, n) => {
        prepare(x, n);
        kernels.forward(x, out, n, low, high, centre, density, origin, until, lost);
      },
      backward: (gradOutput, x, out, n) => {
        prepare(x, n);
        kernels.product(gradOutput, x, out, n, low, high, centre, density, origin);
      },
    };
  },
};
