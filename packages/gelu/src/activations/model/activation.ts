import type { Order } from './order.js';
import { checkParameters, type ParameterSpecs, type ParameterValues } from './parameters.js';
import type { Shape } from './shape.js';

/** Where a name comes from. */
export type Source =
  | 'PyTorch'
  | 'Hugging Face'
  | 'Keras'
  | 'TensorFlow'
  | 'JAX'
  | 'ONNX'
  | 'MLX'
  | 'ggml'
  | 'diffusers'
  | 'timm'
  | 'Megatron';

/** A name that another library, or an older version of one, gives to an activation. */
export interface Alias {
  readonly name: string;
  readonly source: Source;
  /** What it fixes there, where that is not the default here. */
  readonly parameters?: ParameterValues;
}

/** What a function and its derivative tend to at one end. */
export interface End {
  /** The limit of the function. */
  readonly value: number;
  /** The limit of its derivative. */
  readonly slope: number;
}

/** What is true of an activation with given parameters. Every entry is checked against the function by a test. */
export interface Facts {
  /** The values it takes: from the least to the largest, which it attains or only approaches. */
  readonly range: { readonly low: number; readonly high: number; readonly attains: readonly [boolean, boolean] };
  /** Where it is 0: points [x, x] and intervals [from, to]. */
  readonly zeros: readonly (readonly [number, number])[];
  /** The points at which its derivative crosses 0, as it is defined there. */
  readonly stationary: readonly number[];
  /** The least value and a place where it is attained; null if it is only approached. */
  readonly minimum: { readonly x: number; readonly value: number } | null;
  readonly monotone: 'increasing' | 'non-decreasing' | 'not monotone';
  /** k of Cᵏ: how many derivatives are continuous everywhere; −1 if the function itself jumps. */
  readonly smoothness: number;
  /** The points at which it is not C∞. */
  readonly kinks: readonly number[];
  readonly convex: boolean;
  /** The least upper bound of |derivative|. */
  readonly lipschitz: number;
  /** At −∞ and +∞. */
  readonly below: End;
  readonly above: End;
}

/** Where an activation comes from and who uses it. */
export interface Origin {
  readonly year: number;
  readonly paper: { readonly title: string; readonly authors: string; readonly url: string };
  readonly usedBy: readonly string[];
}

/**
 * The function (order 0) or its first or second derivative at x, rounded to float64. Leaves the unrounded value in
 * `unrounded` (relative error at most 2⁻⁵⁷; with `precise` 2⁻⁸⁵, each relative to the larger addend where it cancels).
 */
export type Evaluate = (order: Order, x: number, precise?: boolean) => number;

/** A parameter that is trained: the derivative of the function with respect to it, as a float64. */
export interface Trained<P extends ParameterValues> {
  readonly parameter: string;
  gradient(parameters: P, x: number): number;
}

/**
 * An activation: one file, from which everything else is derived. It holds for every activation of the registry:
 *
 * - float64 result within 1 ULP of the exact value for orders 0 and 1, within 2 ULP for order 2; beside a zero of a
 *   derivative, of the larger of its two addends.
 * - No overflow and no NaN for finite x, unless the exact value overflows; f(±∞) and f'(±∞) are the limits; NaN gives NaN.
 */
export interface Activation<P extends ParameterValues = ParameterValues> {
  /** PyTorch's functional name in camelCase: 'leakyRelu'. */
  readonly name: string;
  /** PyTorch's class name: 'LeakyReLU'. */
  readonly layer: string;
  readonly aliases: readonly Alias[];
  readonly formula: string;
  /** The name of the gated unit with this activation, if it has one, and of its layer: value · activation(gate). */
  readonly gated?: { readonly name: string; readonly layer: string; readonly note?: string };
  /** In the order in which PyTorch prints them. */
  readonly parameters: ParameterSpecs<P>;
  /** What must hold between parameters; throws GeluRangeError. */
  check?(parameters: P): void;
  /** The function for these parameters. What depends on them alone is computed here, once. */
  evaluator(parameters: P): Evaluate;
  /** The parameters that layers train. */
  readonly trained?: readonly Trained<P>[];
  /** What a kernel needs to know of it. */
  shape(parameters: P): Shape;
  /** Absent only where a user's own activation states none. */
  facts?(parameters: P): Facts;
  readonly origin?: Origin;
  /** What is worth knowing beside the formula: conventions, names that mislead. */
  readonly notes?: readonly string[];
}

/** An activation with its parameters: complete, checked, ready for kernels and caches. */
export interface Bound<P extends ParameterValues = ParameterValues> {
  readonly definition: Activation<P>;
  readonly parameters: P;
  /** Name and parameters as one string: equal keys, equal functions. */
  readonly key: string;
  readonly evaluate: Evaluate;
  readonly shape: Shape;
}

/**
 * `definition` with `parameters`, the missing ones at their defaults.
 *
 * Throws GeluTypeError for a parameter of the wrong type or an unknown one, GeluRangeError for a value not allowed.
 */
export function bind<P extends ParameterValues>(definition: Activation<P>, parameters: Partial<P> = {}): Bound<P> {
  const complete = checkParameters(definition.parameters, parameters);
  definition.check?.(complete);
  const values = Object.entries(complete).map(([name, value]) => `${name}=${Object.is(value, -0) ? 0 : value}`);
  return {
    definition,
    parameters: complete,
    key: `${definition.name}(${values.join(',')})`,
    evaluate: definition.evaluator(complete),
    shape: definition.shape(complete),
  };
}
