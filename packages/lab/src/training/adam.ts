import { numpy as np, tree } from '@jax-js/jax';

/** Running means of the gradients and of their squares, one array for each parameter. */
export type AdamState = { mean: np.Array[]; square: np.Array[] };

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

export function adamState(parameters: tree.JsTree<np.Array>): AdamState {
  const zeros = (): np.Array[] => tree.leaves<np.Array>(parameters).map((p) => np.zeros(p.shape));
  return { mean: zeros(), square: zeros() };
}

/**
 * The step sizes of step 1, 2, … for `adam`: with both corrections of the start folded in (Kingma and Ba 2015, end of
 * section 2), so that the compiled step stays the same: [rate, ε].
 */
export function adamRate(learningRate: number, step: number): Float32Array<ArrayBuffer> {
  const correction = Math.sqrt(1 - BETA2 ** step);
  return Float32Array.of((learningRate * correction) / (1 - BETA1 ** step), EPSILON * correction);
}

/** One step of Adam over lists of arrays; `rate` is from `adamRate`. Takes ownership of all arguments. */
export function adam(
  parameters: np.Array[],
  gradients: np.Array[],
  { mean, square }: AdamState,
  rate: np.Array,
): { parameters: np.Array[]; state: AdamState } {
  const [size, epsilon] = np.split(rate, 2);
  const newMean = mean.map((m, i) => m.mul(BETA1).add(gradients[i].ref.mul(1 - BETA1)));
  const newSquare = square.map((s, i) => s.mul(BETA2).add(np.square(gradients[i]).mul(1 - BETA2)));
  const stepped = parameters.map((p, i) =>
    p.sub(newMean[i].ref.mul(size.ref).div(np.sqrt(newSquare[i].ref).add(epsilon.ref))),
  );
  size.dispose();
  epsilon.dispose();
  return { parameters: stepped, state: { mean: newMean, square: newSquare } };
}
