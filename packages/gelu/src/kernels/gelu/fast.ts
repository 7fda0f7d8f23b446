import { header, type Program } from '../memory/program.js';
import { fastModule } from '../wasm/fast-module.js';
import { FAST_ROW, fastTable } from './fast-table.js';
import { MAGIC_BITS, rowNumber, type SmoothFunction } from './smooth.js';

/** The kernel of f within 1 ULP. */
export function fastProgram(f: SmoothFunction): Program {
  const { data, first, rows, map, fit } = fastTable(f);
  return {
    module: fastModule,
    forward: f.above === 'identity' ? 'identity' : 'limits',
    backward: 'product',
    header: header([map.low, map.high, map.centre, map.density], first + MAGIC_BITS),
    rows: data,
    table: {
      words: FAST_ROW,
      // Kernels that form a product and a sum at once may take a number half-way between two rows for the other.
      rowsOf: (least, largest) => {
        const [a, b] = [rowNumber(map, least) - first, rowNumber(map, largest) - first];
        return [[Math.max(Math.min(a, b) - 1, 0), Math.min(Math.max(a, b) + 1, rows - 1)]];
      },
      fit,
    },
  };
}
