/**
 * `gelu/float64`: imported for what it does, GELU in float64 several times as fast, with the same bits. In Node `gelu`
 * has it already; in a browser, where every kilobyte counts, write `import 'gelu/float64'` if you work in float64.
 */
import { useFloat64 } from './functions/accelerators.js';

useFloat64();
