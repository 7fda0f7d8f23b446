/** Below this the derivative counts as none: less than a thousandth of a gradient passes. */
export const PASSES = 1e-3;

/**
 * How many units of a layer let less than `below` of a gradient pass for at least the share `most` of the examples:
 * `slopes` holds the activation's derivative at each unit's input, row-major [examples, width].
 */
export function quietUnits(slopes: Float32Array | Float64Array, width: number, below: number, most: number): number {
  const quiet = new Uint32Array(width);
  // NaN counts as passing: it is reported as not finite elsewhere.
  for (let i = 0; i < slopes.length; i++) if (Math.abs(slopes[i]) < below) quiet[i % width]++;
  const enough = most * (slopes.length / width);
  return quiet.reduce((sum, count) => sum + (count >= enough ? 1 : 0), 0);
}

/**
 * The share of hidden units that are dead: the activation's derivative at the unit's input is below 10⁻³ in magnitude
 * for every example, so that none of them can change the unit's weights. `layers` holds, for each hidden layer, what its
 * activation is given, row-major [examples, width].
 */
export function deadShare(
  layers: readonly Float32Array[],
  width: number,
  derivative: (x: Float32Array) => Float32Array,
): number {
  const dead = layers.reduce((sum, given) => sum + quietUnits(derivative(given), width, PASSES, 1), 0);
  return dead / (layers.length * width);
}
