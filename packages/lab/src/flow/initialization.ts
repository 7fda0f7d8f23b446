import type { Random } from '../numbers/random.js';
import { norm, orthogonalized } from './matrix.js';

/** Weights [units, inputs], row-major, of a square layer; a row holds a unit's incoming weights. */
type Initialize = (width: number, normal: () => number) => Float64Array;

const gaussian =
  (variance: (width: number) => number): Initialize =>
  (width, normal) =>
    Float64Array.from({ length: width * width }, () => normal() * Math.sqrt(variance(width)));

export type Initialization = 'unit' | 'he' | 'xavier' | 'orthogonal';

/** How the weights of a layer with as many inputs as units are drawn; biases: `drawBiases`. */
export const INITIALIZATIONS: Readonly<Record<Initialization, Initialize>> = {
  /** Each row a random direction of length 1: the paper's experiments. */
  unit: (width, normal) => {
    const weights = gaussian(() => 1)(width, normal);
    for (let at = 0; at < weights.length; at += width) {
      const row = weights.subarray(at, at + width);
      const length = norm(row);
      row.forEach((value, i) => {
        row[i] = value / length;
      });
    }
    return weights;
  },
  /** Normal, variance 2/inputs (He et al. 2015). */
  he: gaussian((width) => 2 / width),
  /** Normal, variance 2/(inputs + units) (Glorot and Bengio 2010). */
  xavier: gaussian((width) => 2 / (width + width)),
  /** A random rotation (Saxe et al. 2014). */
  orthogonal: (width, normal) => orthogonalized(gaussian(() => 1)(width, normal), width),
};

/** The weights of `depth` layers, times `gain`. */
export function drawWeights(
  name: Initialization,
  depth: number,
  width: number,
  gain: number,
  { normal }: Random,
): Float64Array[] {
  return Array.from({ length: depth }, () => INITIALIZATIONS[name](width, normal).map((weight) => gain * weight));
}

/** The biases of `depth` layers, normal with this deviation; none where it is 0. */
export function drawBiases(
  depth: number,
  width: number,
  deviation: number,
  { normal }: Random,
): Float64Array[] | undefined {
  if (deviation === 0) return undefined;
  return Array.from({ length: depth }, () => Float64Array.from({ length: width }, () => deviation * normal()));
}
