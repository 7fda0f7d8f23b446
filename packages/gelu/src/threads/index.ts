/** `gelu/threads`: GELU on several threads, in Node and in browsers. */
export { createPool, GeluPool, type PoolOptions } from './pool.js';
