/**
 * `gelu/fast`: imported for what it does, `precision: 'fast'` at its speed, and first results in float32, and calls on few
 * elements, sooner. In Node `gelu` has it already; in a browser, where every kilobyte counts, write `import 'gelu/fast'` if you
 * use it. Without, the correctly rounded kernels do that work.
 */
import { useFast } from './functions/accelerators.js';

useFast();
