/** Below this the derivative counts as none: less than a thousandth of a gradient passes. */
const PASSES = 1e-3;

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
  let dead = 0;
  for (const given of layers) {
    const alive = new Uint8Array(width);
    derivative(given).forEach((slope, i) => {
      // Written so that NaN counts as alive: it is reported as not finite elsewhere.
      if (!(Math.abs(slope) < PASSES)) alive[i % width] = 1;
    });
    dead += width - alive.reduce((sum, flag) => sum + flag, 0);
  }
  return dead / (layers.length * width);
}
