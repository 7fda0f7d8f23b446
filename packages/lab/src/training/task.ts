import type { numpy as np } from '@jax-js/jax';
import type { HostArray } from '../numbers/host-array.js';

/** Arrays of jax-js by name: the parameters of a model, the state of an optimizer, a batch on its way into a step. */
export type Arrays = Record<string, np.Array>;

/** What a step is given, by name; the shapes are the same in every step. */
export type Batch = Record<string, HostArray>;

export type Split = 'train' | 'validation' | 'test';

/**
 * Something to learn: a model, its data and its loss. Everything in it is a pure function of its arguments and of what the
 * task was made from, so that training can go on from a checkpoint as if it had never stopped.
 */
export interface Task {
  readonly name: string;
  /** What checkpoints say about the model, so that it can be used without the run; JSON. */
  readonly model?: unknown;
  /** Fresh float32 parameters, the same for the same seed. */
  initialize(seed: number): Arrays;
  /** The loss of a batch, a scalar. Traced by `jit` and `grad`; takes ownership of parameters and batch. */
  loss(parameters: Arrays, batch: Arrays): np.Array;
  /** The batch of step 1, 2, …, with the random numbers that the step needs (dropout). Depends on nothing else. */
  batch(step: number): Batch;
  /**
   * How good the parameters are on a part of the data, by name. On the way a sample may do; `thorough`, at the end, asks for all
   * of it. The parameters stay the caller's.
   */
  evaluate(parameters: Arrays, split: Split, thorough: boolean): Promise<Record<string, number>>;
  /** Whether weight decay applies to a parameter; by default to those of two and more dimensions. */
  decays?(name: string, shape: readonly number[]): boolean;
  /** Frees what the task has compiled. */
  dispose?(): void;
}
