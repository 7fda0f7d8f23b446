import type { Like, NestedArray } from '../../input/arrays.js';
import type { DType, Float16ArrayLike } from '../../kernels/dtypes.js';
import type { GatedOrder } from './layout.js';

export type { GatedOrder } from './layout.js';

/** The typed arrays of gated units: floating point, 16 bits as Float16Array or as bits with `dtype`. */
export type FloatArray = Float32Array | Float64Array | Float16ArrayLike | Uint16Array;

/** What calls on typed arrays have in common. */
export interface GatedCallBase {
  /** As for `gelu`; for the gate's function. */
  readonly precision?: 'correct' | 'fast' | undefined;
  /** What the bits of a Uint16Array are: 'float16' or 'bfloat16'. */
  readonly dtype?: DType | undefined;
}

/** How the halves lie in one array: `columns` for the last axis, or `shape` and `dim`. */
export interface GatedOptions<T = FloatArray> extends GatedCallBase {
  /** The size of the last axis, 2n: both halves together. Nested arrays know it. */
  readonly columns?: number | undefined;
  /** Instead of `columns`: the shape of the input, of which axis `dim` is halved. Nested arrays know theirs. */
  readonly shape?: readonly number[] | undefined;
  /** The axis that holds both halves; default −1, the last. */
  readonly dim?: number | undefined;
  /** Default 'valueFirst': value, then gate. */
  readonly order?: GatedOrder | undefined;
  /** Where the result goes: memory apart from the input; in the backward pass it may be the input. */
  readonly out?: T | undefined;
}

/** Options of a call with gate and value as two arrays. */
export interface GatedPairOptions<T = FloatArray> extends GatedCallBase {
  /** Where the result goes: a new array by default; it may be the gate or the value. */
  readonly out?: T | undefined;
}

/** Options of the backward pass of such a call. */
export interface GatedPairBackwardOptions<T = FloatArray> extends GatedCallBase {
  /** Where the gradients go: new arrays by default; they may be the arrays that are read, but not one another. */
  readonly out?: { readonly gradGate?: T | undefined; readonly gradValue?: T | undefined } | undefined;
}

/** The gradients of gate and value. */
export interface GatedGradients<T> {
  readonly gradGate: T;
  readonly gradValue: T;
}

/** The gradient of a gated unit's input, or inputs. */
export interface GatedBackward<O> {
  /** The gradient of the input [..., 2n, ...] from that of the output [..., n, ...], in one pass. */
  <T extends FloatArray>(gradOutput: T, input: T, options: O & GatedOptions<T>): T;
  <T extends NestedArray>(gradOutput: T, input: T, options?: O & Pick<GatedOptions, 'dim' | 'order'>): Like<T>;
  /** The gradients of gate and value, of their shape. */
  <T extends FloatArray>(
    gradOutput: T,
    gate: T,
    value: T,
    options?: O & GatedPairBackwardOptions<T>,
  ): GatedGradients<T>;
  <T extends NestedArray>(gradOutput: T, gate: T, value: T, options?: O): GatedGradients<Like<T>>;
  (gradOutput: number, gate: number, value: number, options?: O): GatedGradients<number>;
  <T extends number | FloatArray | NestedArray>(gradOutput: T, gate: T, value: T, options?: O): GatedGradients<Like<T>>;
}

/** A gated unit: value · act(gate). O: the parameters of act. */
export interface GatedFunction<O extends object = object> {
  /** Value and gate the halves of one axis, [..., 2n, ...] → [..., n, ...]. */
  <T extends FloatArray>(input: T, options: O & GatedOptions<T>): T;
  <T extends NestedArray>(input: T, options?: O & Pick<GatedOptions, 'dim' | 'order'>): Like<T>;
  /** Gate and value as two arrays of one shape, as models with `gate_proj` and `up_proj` have them. */
  <T extends FloatArray>(gate: T, value: T, options?: O & GatedPairOptions<T>): T;
  <T extends NestedArray>(gate: T, value: T, options?: O): Like<T>;
  (gate: number, value: number, options?: O): number;
  <T extends number | FloatArray | NestedArray>(gate: T, value: T, options?: O): Like<T>;
  readonly backward: GatedBackward<O>;
}
