import type { ActivationName } from '../../models/activations.js';
import type { Scores } from '../../training/scores.js';

/** A point of the learning curves, measured on samples of the training and test images. */
export interface Evaluation {
  /** Steps done. */
  step: number;
  /** Mean cross-entropy in nats. */
  trainLoss: number;
  testLoss: number;
  /** 0 … 1 */
  testError: number;
}

export type Curve = Evaluation[];

/** How the network with one activation came out. */
export interface TrainingResult {
  activation: ActivationName;
  steps: number;
  /** At the end, on up to 10,000 of the training images used. */
  train: Scores;
  /** At the end, on all test images. */
  test: Scores;
  /** The share of dead hidden units at the end, 0 … 1; see `deadShare`. */
  deadUnits: number;
  /** The median; the first steps, which compile, are left out. */
  msPerStep: number;
  /** The norm of the gradient of each layer's weights, from the first layer to the last: at the first step … */
  firstGradientNorms: number[];
  /** … and the median of the last 50 steps. */
  lastGradientNorms: number[];
  /** The first step whose loss or gradient was not finite; training ended there. */
  divergedAt: number | null;
  curve: Curve;
}
