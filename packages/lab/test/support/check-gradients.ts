import { grad, numpy as np, tree } from '@jax-js/jax';
import { gelu } from 'gelu';
import { random } from '../../src/numbers/random.js';
import type { Arrays, Batch } from '../../src/training/task.js';
import { toEngine, toHost } from '../../src/training/trainer.js';

/** A loss made with an activation of its own: x → activation(x), which takes ownership of x. */
export type LossWith = (activation: (x: np.Array) => np.Array, parameters: Arrays, batch: Arrays) => np.Array;

/** Where a gradient along a direction in one parameter differs from the difference quotient. */
export interface GradientError {
  parameter: string;
  gradient: number;
  quotient: number;
}

export interface GradientCheck {
  /** Of the length of a parameter's gradient; default 2·10⁻³. */
  tolerance?: number;
  /**
   * Of the differences; default 10⁻³, because jax-js has exp and log in float32 precision only, also in float64. A loss without
   * them, cross-entropy and softmax, allows 10⁻⁵, which nets with kinks or strong curvature need.
   */
  step?: number;
  /** The parameters that are tried; default: all. */
  only?: readonly string[];
}

/**
 * Holds the float32 gradient of `loss` with `activation`, as it is used in training, against central differences of the same
 * loss in float64, in which GELU is the library's own in float64: for each parameter along its gradient and along a random
 * direction. Returns what differs by more than the tolerance, and 10⁻⁵.
 * Takes ownership of `parameters`.
 */
export async function gradientErrors(
  loss: LossWith,
  activation: (x: np.Array) => np.Array,
  parameters: Arrays,
  batch: Batch,
  { tolerance = 2e-3, step = 1e-3, only }: GradientCheck = {},
): Promise<GradientError[]> {
  const gradients = await toHost(
    grad((p: Arrays, b: Arrays) => loss(activation, p, b))(tree.ref(parameters), toEngine(batch)) as Arrays,
  );
  const values = await toHost(parameters);
  tree.dispose(parameters);
  const at = (moved: string, direction: Float64Array, distance: number): number => {
    const p = Object.fromEntries(
      Object.entries(values).map(([name, { values: v, shape }]) => {
        const shifted = Float64Array.from(v, (x, i) => (name === moved ? x + distance * direction[i] : x));
        return [name, float64(shifted, shape)];
      }),
    );
    const b = Object.entries(toEngine(batch)).map(([name, x]) => [
      name,
      x.dtype === np.float32 ? x.astype(np.float64) : x,
    ]);
    return loss(gelu64, p, Object.fromEntries(b)).dataSync()[0];
  };
  const errors: GradientError[] = [];
  for (const [parameter, { values: g }] of Object.entries(gradients)) {
    if (only?.includes(parameter) === false) continue;
    const length = Math.hypot(...g);
    const { normal } = random(1, parameter);
    for (const direction of [Float64Array.from(g), Float64Array.from(g, normal)]) {
      const norm = Math.hypot(...direction) || 1;
      const unit = direction.map((x) => x / norm);
      const quotient = (at(parameter, unit, step) - at(parameter, unit, -step)) / (2 * step);
      const gradient = unit.reduce((sum, d, i) => sum + d * g[i], 0);
      if (!(Math.abs(gradient - quotient) <= tolerance * length + 1e-5)) errors.push({ parameter, gradient, quotient });
    }
  }
  return errors;
}

/** GELU in float64, of an array that is not traced. Takes ownership of x. */
function gelu64(x: np.Array): np.Array {
  const { shape } = x;
  return float64(gelu(x.dataSync() as Float64Array), shape);
}

/** A float64 array, from two of float32: jax-js does not take a Float64Array where Float16Array is unknown. */
function float64(values: Float64Array, shape: number[]): np.Array {
  const high = Float32Array.from(values);
  const low = Float32Array.from(values, (x, i) => x - high[i]);
  const array = (part: Float32Array<ArrayBuffer>): np.Array => np.array(part, { shape }).astype(np.float64);
  return array(high).add(array(low));
}
