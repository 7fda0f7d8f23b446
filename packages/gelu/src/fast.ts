/**
 * `gelu/fast`: imported for what it does, `precision: 'fast'` at its speed. In Node `gelu` has it already; in a browser,
 * where every kilobyte counts, write `import 'gelu/fast'` if you use it. Without, the correctly rounded kernels do that work.
 */
import { fast } from './backends/fast.js';
import { precisions } from './backends/precisions.js';

precisions.fast = fast;
