import type { IndexMap } from './smooth.js';

// The densities of the fast rows are the least that keep to 1 ULP, near 32, 48, 64, 80, 2 and 4; with odd digits they
// have the derivative's root in the middle of a row.
/** The rows of the fast kernels, by the names of the functions. */
export const FAST_MAPS: { readonly [name: string]: IndexMap } = {
  none: { centre: 5.75, density: 32, low: -14.5, high: 5.75 },
  "none'": { centre: 6.25, density: 47.99609375, low: -14.75, high: 6.25 },
  tanh: { centre: 5.5, density: 64, low: -11, high: 5.5 },
  "tanh'": { centre: 5.75, density: 80.0107421875, low: -11, high: 5.75 },
  sigmoid: { centre: -96, density: 2, low: -66, high: 10.5 },
  "sigmoid'": { centre: -96, density: 3.9999618530273438, low: -66, high: 12.25 },
};
