import { GeluRangeError } from 'gelu';
import type { MeanField } from 'gelu/numerics';
import type { Scale } from './gain.js';
import { EPSILON } from './stack.js';

/** What mean-field theory has for `LayerFlow`'s values, from the first layer to the last. */
export interface Theory {
  activationRms: number[];
  gradientRms: number[];
}

export interface Architecture {
  depth: number;
  residual: boolean;
  layerNorm: boolean;
}

/**
 * Root mean squares in a stack of infinite width. With q the variance of what a layer's activation is given, its output has the mean
 * square E[f²]; with a residual connection v + E[f²] + 2·m·E[f], v and m mean square and mean of what comes in; a gradient's is multiplied
 * by χ = weightStd²·E[f'²], with a residual connection by 1 + χ; layer norm before the weights divides χ by the variance that it took out.
 */
export function predict(field: MeanField, scale: Scale, { depth, residual, layerNorm }: Architecture): Theory {
  const squares: number[] = [];
  const factors: number[] = [];
  let [square, mean] = [scale.inputStd ** 2, 0];
  for (let layer = 0; layer < depth; layer++) {
    const removed = layerNorm ? square - mean ** 2 + EPSILON : 1;
    const q = scale.weightStd ** 2 * (layerNorm ? 1 : square) + scale.biasStd ** 2;
    const { second, first, slope } = momentsOf(field, q);
    factors.push((residual ? 1 : 0) + (scale.weightStd ** 2 * slope) / removed);
    square = residual ? square + second + 2 * mean * first : second;
    mean = residual ? mean + first : first;
    squares.push(square);
  }
  const gradients = new Array<number>(depth).fill(1);
  for (let layer = depth - 1; layer > 0; layer--) gradients[layer - 1] = gradients[layer] * factors[layer];
  return { activationRms: squares.map(Math.sqrt), gradientRms: gradients.map(Math.sqrt) };
}

const SMALLEST = 1e-100;

function momentsOf(field: MeanField, q: number): { second: number; first: number; slope: number } {
  const at = q < SMALLEST ? 0 : q;
  try {
    return { second: field.secondMoment(at), first: field.mean(at), slope: field.slopeMoment(at) };
  } catch (error) {
    if (!(error instanceof GeluRangeError)) throw error;
    const all = Number.POSITIVE_INFINITY; // too large, or of a function whose mean square cannot be had any more
    return { second: all, first: all, slope: all };
  }
}
