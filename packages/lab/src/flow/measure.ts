import type { Random } from '../numbers/random.js';
import { median } from '../numbers/statistics.js';
import { PASSES, quietUnits } from '../training/dead.js';
import { effectiveRank, multiply, norm, rms, transpose } from './matrix.js';
import type { Stack } from './stack.js';

/** What is measured of one layer. Every list of a trial holds one for each depth, from the first layer on. */
export interface LayerFlow {
  /** 1 is the first layer. */
  depth: number;
  /** Root mean square of the layer's output over batch and units; the input's is about 1. */
  activationRms: number;
  activationMean: number;
  /** Root mean square of the gradient with respect to the layer's output; at the top it is about 1. */
  gradientRms: number;
  /** Root mean square of the gradient with respect to the weights, summed over the batch. */
  weightGradientRms: number;
  /** Share of units with |f'| < thresholds.dead on every example. */
  dead: number;
  /** Share of units with |f'| < thresholds.saturated on at least the share thresholds.most of the examples. */
  saturated: number;
  /** exp of the entropy of the singular values of the outputs [batch, width]. */
  effectiveRank: number;
  /** Shares of the outputs, and of the gradients, in bins of value/rms; see `histogram`. */
  activationHistogram: number[];
  gradientHistogram: number[];
}

/** The largest singular value of the Jacobian of the first `depth` layers: the median over some inputs. */
export interface JacobianFlow {
  depth: number;
  largestSingularValue: number;
  /** Power iterations until it changed by less than 10⁻⁴, the most over the inputs. */
  iterations: number;
}

/** Bins of value/rms: their edges, from −4 to 4; what lies beyond is counted in the first and the last. */
export const BINS: readonly number[] = Array.from({ length: 41 }, (_, i) => -4 + i / 5);

/** A unit counts as saturated below this slope, on this share of the batch. */
export const THRESHOLDS: Readonly<Record<'dead' | 'saturated' | 'most', number>> = {
  dead: PASSES,
  saturated: 0.1,
  most: 0.9,
};

const JACOBIAN_INPUTS = 4;
const TOLERANCE = 1e-4;
const MOST_ITERATIONS = 200;

/** Runs the stack forward over `x`, a random gradient of size 1 backward, and measures each layer. Yields the share done. */
export function* measureLayers(stack: Stack, x: Float64Array, { normal }: Random): Generator<number, LayerFlow[]> {
  const { width } = stack;
  const batch = x.length / width;
  const measured: LayerFlow[] = [];
  for (const { output, slope } of stack.forward(x)) {
    measured.push({
      depth: measured.length + 1,
      activationRms: rms(output),
      activationMean: output.reduce((sum, value) => sum + value / output.length, 0),
      gradientRms: Number.NaN,
      weightGradientRms: Number.NaN,
      dead: quietUnits(slope, width, THRESHOLDS.dead, 1) / width,
      saturated: quietUnits(slope, width, THRESHOLDS.saturated, THRESHOLDS.most) / width,
      effectiveRank: effectiveRank(output, width),
      activationHistogram: histogram(output),
      gradientHistogram: [],
    });
    yield measured.length / stack.depth / 2;
  }
  let gradient: Float64Array = Float64Array.from({ length: x.length }, normal);
  for (let i = measured.length - 1; i >= 0; i--) {
    const { sums, input } = stack.pull(i, gradient);
    measured[i].gradientRms = rms(gradient);
    measured[i].gradientHistogram = histogram(gradient);
    measured[i].weightGradientRms = rms(multiply(transpose(sums, width), stack.layers[i].input, batch));
    gradient = input;
    yield 1 - i / measured.length / 2;
  }
  return measured;
}

/**
 * The largest singular value of the Jacobian of the first `depth` layers at the first inputs of the batch, for each of
 * `depths`, after a forward pass, yielding the share done: v ← JᵀJ·v/‖JᵀJ·v‖ by products with the layers' Jacobians, σ = ‖J·v‖.
 */
export function* measureJacobians(
  stack: Stack,
  depths: readonly number[],
  { normal }: Random,
): Generator<number, JacobianFlow[]> {
  const found: JacobianFlow[] = [];
  const all = depths.reduce((sum, depth) => sum + depth, 0);
  let done = 0;
  for (const depth of depths) {
    let v: Float64Array = Float64Array.from({ length: JACOBIAN_INPUTS * stack.width }, normal);
    let sigma = new Float64Array(JACOBIAN_INPUTS);
    let iterations = 0;
    for (let settled = false; !settled && iterations < MOST_ITERATIONS; iterations++) {
      normalizeRows(v, stack.width);
      for (let i = 0; i < depth; i++) v = stack.push(i, v);
      const previous = sigma;
      sigma = normalizeRows(v, stack.width);
      // A value that is 0, infinite or not a number will not change any more.
      settled = sigma.every((s, i) => !(Math.abs(s - previous[i]) > TOLERANCE * s) || !Number.isFinite(s));
      for (let i = depth - 1; i >= 0; i--) v = stack.pull(i, v).input;
      yield (done + (depth * iterations) / MOST_ITERATIONS) / all;
    }
    done += depth;
    found.push({ depth, largestSingularValue: median([...sigma]), iterations });
  }
  return found;
}

/** Scales each row to length 1, in place, and returns what the lengths were. */
function normalizeRows(v: Float64Array, width: number): Float64Array<ArrayBuffer> {
  const lengths = new Float64Array(v.length / width);
  for (let row = 0; row < lengths.length; row++) {
    const values = v.subarray(row * width, (row + 1) * width);
    lengths[row] = norm(values);
    if (lengths[row] > 0) for (let k = 0; k < width; k++) values[k] /= lengths[row];
  }
  return lengths;
}

/** The shares of values/rms in `BINS`, four digits; what is not finite is in none. */
export function histogram(values: Float64Array): number[] {
  const size = rms(values) || 1;
  const counts = new Array<number>(BINS.length - 1).fill(0);
  for (const value of values) {
    const bin = Math.floor(5 * (value / size + 4));
    if (!Number.isNaN(bin)) counts[Math.min(Math.max(bin, 0), counts.length - 1)]++;
  }
  return counts.map((count) => Number((count / values.length).toFixed(4)));
}

/** 1, 2, 5, 10, 20, 50 … up to `depth`, and `depth` itself. */
export function someDepths(depth: number): number[] {
  const series = [1, 2, 5, 10, 20, 50, 100].filter((d) => d < depth);
  return [...series, depth];
}

/** Below the first number a norm has vanished, above the second it has exploded. */
export type Band = [low: number, high: number];

/** Where a value leaves the band, going through the layers in the given order. */
export interface Exit {
  depth: number;
  how: 'vanishes' | 'explodes';
}

/** The first of `points` whose value is outside of `band`; a value that is not a number has exploded. */
export function exitOf(points: readonly { depth: number; value: number }[], [low, high]: Band): Exit | null {
  for (const { depth, value } of points) {
    if (value < low) return { depth, how: 'vanishes' };
    if (!(value <= high)) return { depth, how: 'explodes' };
  }
  return null;
}
