/** `gelu` in Node, where the size of a bundle does not matter: with everything that makes it faster. */
import './fast.js';
import './float64.js';
import { Layer } from './layers/layer.js';

export * from './index.js';

// So that console.log(layer) prints what toString() gives.
Object.defineProperty(Layer.prototype, Symbol.for('nodejs.util.inspect.custom'), { value: Layer.prototype.toString });
