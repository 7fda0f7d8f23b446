import { header, type Program } from '../memory/program.js';
import { correctModule } from '../wasm/modules.js';
import { CORRECT_ROW, correctTable } from './correct-table.js';
import { MAGIC_BITS, rowNumber, type SmoothFunction } from './smooth.js';

/** The correctly rounded kernel of f. */
export function correctProgram(f: SmoothFunction): Program {
  const { data, first, map, fit } = correctTable(f);
  // Up to where the function is on its curve, and which bits of x do not show in the result there.
  const [until, lost] = f.above === 'identity' ? [f.top, 0x7fffffff] : [Infinity, -1];
  const bytes = header([map.low, map.high, map.centre, map.density], first + MAGIC_BITS, 0, lost);
  new Float32Array(bytes.buffer)[5] = until;
  return {
    module: correctModule,
    forward: 'forward',
    backward: 'product',
    header: bytes,
    rows: data,
    table: {
      words: CORRECT_ROW,
      rowsOf: (least, largest) => {
        const [a, b] = [rowNumber(map, least) - first, rowNumber(map, largest) - first];
        return [a < b ? [a, b] : [b, a]];
      },
      fit,
    },
  };
}
