import type { Approximate } from 'gelu';

/** How far an implementation of GELU lies from the definition. Inputs are float32; the definition is float64. */
export interface AccuracyResult {
  /** Whose function, on which back end: 'TensorFlow.js wasm'. */
  implementation: string;
  version: string;
  /** Which GELU, and how it was called if there is a choice: 'none', 'tanh (FastGelu)'. */
  form: string;
  /** Largest |y − exact|/|exact| where the exact result is a normal float32; ∞ for NaN. */
  worstRelative: number;
  worstRelativeAt: number;
  /** Largest |y − exact| in float32 units in the last place of the exact result. */
  worstUlp: number;
  worstUlpAt: number;
  /** The negative input nearest to 0 whose result is 0 though the exact result is a normal float32. */
  firstZero: number | null;
  /** The share of the interval from −15 to 0 where that is so, of the part where the exact result is normal: 0 … 1. */
  flushedShare: number;
  /** The result at −∞; the limit is −0. */
  atMinusInfinity: number;
  /** The derivative, where the implementation gives one. */
  gradient: {
    /** NaN results at finite inputs. */
    nanCount: number;
    /** The one of them nearest to 0. */
    firstNan: number | null;
    /** Largest error, NaN left out, in float32 units in the last place of the larger addend of the derivative. */
    worstUlpOfLargerAddend: number;
  } | null;
  /** The error of the value over x in [−15, 6], ascending: the worst in each of some hundred bins, in ULP. */
  errorCurve: { x: number[]; ulp: number[] };
}

/** How fast an implementation is on one thread (Gelem/s: 10⁹ elements a second). */
export interface SpeedResult {
  implementation: string;
  version: string;
  form: string;
  /** Of the fastest repeat. */
  gelemPerSecond: number;
  /** Of the median repeat. */
  median: number;
  /** gelemPerSecond relative to `TypedArray.set` in the same run. */
  ratioToCopy: number;
}

/** An implementation that could not be measured, and why. */
export interface Missing {
  implementation: string;
  reason: string;
}

export type OnProgress = (fraction: number, label: string) => void;

/** Results, and what could not be measured. */
export interface Measured<T> {
  results: T[];
  missing: Missing[];
}

/** One GELU of one implementation, loaded and ready. */
export interface Implementation {
  implementation: string;
  version: string;
  form: string;
  /** The function that it means to compute. */
  approximate: Approximate;
  /** The function at every element of `input`, through the ordinary interface of the implementation. */
  value(input: Float32Array): Promise<Float32Array>;
  /** Its derivative at every element, by the implementation's own differentiation. */
  gradient?: (input: Float32Array) => Promise<Float32Array>;
  /** Prepares repeated runs over `input`, its data already where the implementation wants it. */
  prepare(input: Float32Array): Promise<Run>;
  /** Likewise for forward and backward pass together, where that is measured. */
  prepareBoth?: (input: Float32Array) => Promise<Run>;
}

/** A prepared run: `run` computes once and waits for the result, `dispose` frees what it holds. */
export interface Run {
  run(): void | Promise<void>;
  dispose(): void | Promise<void>;
}

/** Loads an implementation. Throws if it is not installed or cannot start. */
export interface ImplementationSource {
  implementation: string;
  load(): Promise<Implementation[]>;
}
