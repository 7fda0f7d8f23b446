import { gelu, geluDerivative } from 'gelu';
import { packageVersion } from '../run/versions.js';
import { FORMS } from './forms.js';
import type { Implementation } from './types.js';

/** This library on Float32Arrays. */
export async function load(): Promise<Implementation[]> {
  return FORMS.map((approximate) => ({
    implementation: 'gelu (this library)',
    version: packageVersion('gelu'),
    form: approximate,
    approximate,
    value: async (input) => gelu(input, { approximate }),
    gradient: async (input) => geluDerivative(input, { approximate }),
    prepare: async (input) => {
      const out = new Float32Array(input.length);
      return { run: () => void gelu(input, { approximate, out }), dispose: () => {} };
    },
  }));
}
