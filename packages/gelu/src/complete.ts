/** `gelu` in Node, where the size of a bundle does not matter: with everything that makes it faster. */
import { useFast, useFloat64 } from './functions/accelerators.js';
import { Layer } from './layers/layer.js';

export * from './index.js';

useFast();
useFloat64();

// So that console.log(layer) prints what toString() gives.
Object.defineProperty(Layer.prototype, Symbol.for('nodejs.util.inspect.custom'), { value: Layer.prototype.toString });
