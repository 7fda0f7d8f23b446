import type { ActivationFunction } from '../elementwise.js';
import { gated } from './gated.js';
import type { GatedFunction } from './types.js';

/** The gated unit whose gate goes through f, with f's options. */
/* @__NO_SIDE_EFFECTS__ */
export function gatedBy<O extends object>(name: string, f: ActivationFunction<O>): GatedFunction<O> {
  return gated(name, (options, extra) => f.resolve(options, extra));
}
