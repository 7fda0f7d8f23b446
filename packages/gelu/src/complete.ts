/** `gelu` in Node, where the size of a bundle does not matter: with everything that makes it faster. */
import './fast.js';
import './float64.js';

export * from './index.js';
