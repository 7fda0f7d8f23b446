/**
 * `gelu/fast`: imported for what it does, `precision: 'fast'` at its speed, and first results in float32, and calls on few
 * elements, sooner. In Node `gelu` has it already; in a browser, where every kilobyte counts, write `import 'gelu/fast'` if you
 * use it. Without, the correctly rounded kernels do that work.
 */
import { faster } from './activations/gelu/faster.js';
import { roughFunction } from './activations/gelu/rough.js';
import { quick, quickCall } from './input/quick.js';
import { fastProgram } from './kernels/gelu/fast.js';
import { precisions } from './kernels/gelu/precisions.js';
import { runFew } from './kernels/memory/few.js';
import { few } from './kernels/memory/stage.js';

precisions.fast = fastProgram;
faster.rough = roughFunction;
quick.call = quickCall;
few.run = runFew;
