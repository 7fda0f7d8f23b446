import { activationsNamed } from '../../console/activation-spec.js';
import { drawWeights, type Initialization } from '../../flow/initialization.js';
import { rms } from '../../flow/matrix.js';
import { Stack } from '../../flow/stack.js';
import { random } from '../../numbers/random.js';
import { PASSES, quietUnits } from '../../training/dead.js';
import type { Port } from '../work/types.js';

export interface DepthInput {
  specs: readonly string[];
  layers: number;
  units: number;
  init: Initialization;
  gain: number;
  residual: boolean;
  normalize: boolean;
}

/** One activation: a list holds one entry for each layer. */
export interface StackFlow {
  signal: number[];
  gradient: number[];
  dead: number[];
  /** Shares of the values by log₁₀ of their size, in `BINS` bins. */
  signalRidges: Float64Array[];
  gradientRidges: Float64Array[];
}

/** A gain and what of a signal of size 1 arrives at the top, for each activation. */
export interface Phase {
  gain: number;
  arrives: number[];
}

export interface DepthOutput {
  flows: StackFlow[];
  phases: Phase[];
}

/** Sizes from 10⁻⁸ to 10⁴, six bins a power of ten. */
export const SIZES: readonly [number, number] = [-8, 4];
export const BINS = 72;
/** So many gains are tried, from ½ to 2. */
export const GAINS = 31;
const BATCH = 32;

/** How the sizes of the values are spread: shares by log₁₀|value|; what is smaller or larger is in the first or last bin. */
export function ridge(values: Float64Array): Float64Array {
  const shares = new Float64Array(BINS);
  const [low, high] = SIZES;
  for (const value of values) {
    // What ReLU shuts has no size.
    if (value === 0) continue;
    const bin = Math.floor(((Math.log10(Math.abs(value)) - low) / (high - low)) * BINS);
    if (!Number.isNaN(bin)) shares[Math.min(BINS - 1, Math.max(0, bin))] += 1 / values.length;
  }
  return shares;
}

/** A signal of size 1 up through a stack with each activation, a gradient of size 1 down; then other gains. */
export function depthJob(input: DepthInput, { post }: Port): void {
  const { layers, units, init, gain, specs, ...kind } = input;
  const all = activationsNamed(specs.join(','));
  const stack = (i: number, width: number, at: number): { stack: Stack; x: Float64Array } => {
    const weights = drawWeights(init, layers, width, at, random(1, 'page weights'));
    const x = Float64Array.from({ length: BATCH * width }, random(1, 'page inputs').normal);
    return { stack: new Stack({ width, weights, activation: all[i], ...kind }), x };
  };
  const flows = all.map((_, i): StackFlow => {
    const { stack: through, x } = stack(i, units, gain);
    const flow: StackFlow = { signal: [], gradient: [], dead: [], signalRidges: [], gradientRidges: [] };
    for (const { output, slope } of through.forward(x)) {
      flow.signal.push(rms(output));
      flow.dead.push(quietUnits(slope, units, PASSES, 1) / units);
      flow.signalRidges.push(ridge(output));
    }
    let gradient: Float64Array = Float64Array.from({ length: x.length }, random(1, 'page gradient').normal);
    for (let k = layers - 1; k >= 0; k--) {
      flow.gradient[k] = rms(gradient);
      flow.gradientRidges[k] = ridge(gradient);
      gradient = through.pull(k, gradient).input;
    }
    return flow;
  });
  const phases: Phase[] = [];
  post({ flows, phases } satisfies DepthOutput);
  // A narrower stack tells where signals die as well, and in less time.
  for (let k = 0; k < GAINS; k++) {
    const at = 0.5 * 4 ** (k / (GAINS - 1));
    const arrives = all.map((_, i) => {
      const { stack: through, x } = stack(i, 32, at);
      let last = 0;
      for (const { output } of through.forward(x)) last = rms(output);
      return last;
    });
    phases.push({ gain: at, arrives });
    if (k % 5 === 0) post({ flows, phases } satisfies DepthOutput);
  }
}
