/**
 * The classifier of Hendrycks and Gimpel's MNIST experiment (arXiv 1606.08415, 2016): fully connected,
 * 784 - 8 × 128 - 10, weights of unit norm for each unit, biases 0, the same activation after each hidden layer.
 */
export interface MlpShape {
  inputs: number;
  width: number;
  hidden: number;
  classes: number;
}

export const PAPER_SHAPE: MlpShape = { inputs: 784, width: 128, hidden: 8, classes: 10 };
