import { header, type Program } from '../memory/program.js';
import { fastModule } from '../wasm/fast-module.js';
import { fastTable } from './fast-table.js';
import { MAGIC_BITS, type SmoothFunction } from './smooth.js';

/** The kernel of f within 1 ULP. */
export function fastProgram(f: SmoothFunction): Program {
  const { data, first, map } = fastTable(f);
  return {
    module: fastModule,
    forward: f.above === 'identity' ? 'identity' : 'limits',
    backward: 'product',
    header: header([map.low, map.high, map.centre, map.density], first + MAGIC_BITS),
    rows: data,
  };
}
