import type { Approximate } from '../../activations/gelu/approximate.js';
import type { FoundActivation } from '../find/recognise.js';

/**
 * What activations are rewritten to: 'standard', the operator that the standard has for them; 'gelu', the same for GELU alone;
 * 'microsoft', ONNX Runtime's Gelu, FastGelu and QuickGelu; 'accurate', standard operators whose negative tail is right; 'decomposed',
 * the usual formula in standard operators, for runtimes that lack the others.
 */
export type OnnxTarget = 'gelu' | 'microsoft' | 'accurate' | 'decomposed' | 'standard';
export const TARGETS: readonly OnnxTarget[] = ['gelu', 'microsoft', 'accurate', 'decomposed', 'standard'];

/** An activation to be written. */
export interface Wanted {
  activation: FoundActivation;
  /** Of GELU and SiLU, which is x·σ(αx) as GELU's sigmoid form is. */
  variant: Approximate | undefined;
  alpha: number;
  x: string;
  /** The name of the result; undefined for a new one. */
  y: string | undefined;
  /** The number of the dtype of x and y, if known. */
  dtype: number | undefined;
  opset: number;
}
