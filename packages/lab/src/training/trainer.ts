import { jit, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { HostArray } from '../numbers/host-array.js';
import type { Optimizer } from './optimizer.js';
import { type OptimizerConfig, optimizer } from './optimizers.js';
import type { Arrays, Batch, Split, Task } from './task.js';

export interface TrainerOptions {
  seed: number;
  optimizer: OptimizerConfig;
  /** The gradient is scaled down to this Euclidean norm, over all parameters, where it is longer. */
  clip?: number | null;
}

/** What a training step tells. */
export interface StepResult {
  /** The loss of the batch before the step. */
  loss: number;
  /** The Euclidean norm of the gradient over all parameters, before it is clipped. */
  gradientNorm: number;
  /** The same for each parameter. */
  gradientNorms: Record<string, number>;
}

/** Everything that training goes on from. */
export interface TrainingState {
  /** Steps done. */
  step: number;
  parameters: Record<string, HostArray>;
  /** By `slot.parameter`. */
  optimizer: Record<string, HostArray>;
}

/** A task in training: parameters, the state of the optimizer, and the compiled step. Dispose of it when done. */
export class Trainer {
  readonly task: Task;
  readonly #optimizer: Optimizer;
  readonly #step;
  #parameters: Arrays;
  #state: Arrays;
  #steps: number;

  /** Starts anew, or from `state`. `startEngine` must have been awaited. */
  constructor(task: Task, options: TrainerOptions, state?: TrainingState) {
    this.task = task;
    this.#optimizer = optimizer(options.optimizer);
    this.#parameters = state ? toEngine(state.parameters) : task.initialize(options.seed);
    this.#state = state ? toEngine(state.optimizer) : zeros(this.#optimizer, this.#parameters);
    this.#steps = state?.step ?? 0;
    this.#step = jit(trainingStep(task, this.#optimizer, options.clip ?? null));
  }

  /** The steps done. */
  get steps(): number {
    return this.#steps;
  }

  /** The parameters; they stay the trainer's and live until the next step. */
  get parameters(): Arrays {
    return this.#parameters;
  }

  /** The next step, on the batch that the task has for it. */
  async step(learningRate: number): Promise<StepResult> {
    const step = this.#steps + 1;
    const scalars = np.array(Float32Array.from(this.#optimizer.scalars(learningRate, step)));
    const names = Object.keys(this.#parameters);
    const [parameters, state, figures] = this.#step(
      this.#parameters,
      this.#state,
      toEngine(this.task.batch(step)),
      scalars,
    );
    this.#parameters = parameters;
    this.#state = state;
    this.#steps = step;
    const [loss, ...squares] = (await figures.data()) as Float32Array;
    return {
      loss,
      gradientNorm: Math.sqrt(squares.reduce((sum, square) => sum + square, 0)),
      gradientNorms: Object.fromEntries(names.map((name, i) => [name, Math.sqrt(squares[i])])),
    };
  }

  evaluate(split: Split, thorough = true): Promise<Record<string, number>> {
    return this.task.evaluate(this.#parameters, split, thorough);
  }

  /** A copy of everything that training goes on from. */
  async state(): Promise<TrainingState> {
    return {
      step: this.#steps,
      parameters: await toHost(this.#parameters),
      optimizer: await toHost(this.#state),
    };
  }

  /** Frees all; the task stays the caller's. */
  dispose(): void {
    this.#step.dispose();
    tree.dispose(this.#parameters);
    tree.dispose(this.#state);
  }
}

/** Whether a step shows that training has failed: a loss or gradient that is not finite. */
export function diverged({ loss, gradientNorm }: StepResult): boolean {
  return !Number.isFinite(loss) || !Number.isFinite(gradientNorm);
}

export function toEngine(batch: Batch): Arrays {
  return mapValues(batch, ({ values, shape }) => np.array(values, { shape }));
}

/** Copies; the arrays stay the caller's. */
export async function toHost(arrays: Arrays): Promise<Record<string, HostArray>> {
  const host: Record<string, HostArray> = {};
  for (const [name, array] of Object.entries(arrays)) {
    host[name] = { shape: array.shape, values: (await array.ref.data()) as Float32Array<ArrayBuffer> };
  }
  return host;
}

function mapValues<T, U>(record: Record<string, T>, f: (value: T, name: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value, name)]));
}

function zeros({ slots }: Optimizer, parameters: Arrays): Arrays {
  const names = slots.flatMap((slot) => Object.keys(parameters).map((name) => [`${slot}.${name}`, name]));
  return Object.fromEntries(names.map(([slot, name]) => [slot, np.zeros(parameters[name].shape)]));
}

function trainingStep(task: Task, { slots, update }: Optimizer, clip: number | null) {
  const decays = task.decays?.bind(task) ?? ((_: string, shape: readonly number[]) => shape.length > 1);
  return (parameters: Arrays, state: Arrays, batch: Arrays, scalars: np.Array): [Arrays, Arrays, np.Array] => {
    const loss = (p: Arrays, b: Arrays): np.Array => task.loss(p, b);
    const [value, gradients] = valueAndGrad(loss)(tree.ref(parameters), batch) as [np.Array, Arrays];
    const names = Object.keys(parameters);
    const squares = np.stack(names.map((name) => total(np.square(gradients[name].ref))));
    const scale = clip === null ? null : np.minimum(1, np.reciprocal(np.sqrt(squares.ref.sum()).add(1e-12)).mul(clip));
    const [...numbers] = np.split(scalars, scalars.shape[0]);
    const next: Arrays = {};
    const nextState: Arrays = {};
    for (const name of names) {
      const gradient = scale === null ? gradients[name] : gradients[name].mul(scale.ref);
      const [updated, ...kept] = update(
        parameters[name],
        gradient,
        slots.map((slot) => state[`${slot}.${name}`]),
        numbers.map((number) => number.ref),
        decays(name, parameters[name].shape),
      );
      next[name] = updated;
      slots.forEach((slot, i) => {
        nextState[`${slot}.${name}`] = kept[i];
      });
    }
    for (const number of numbers) number.dispose();
    scale?.dispose();
    return [next, nextState, np.concatenate([value.reshape([1]), squares])];
  };
}

/** Numbers that one accumulator in float32 may add. */
const RUN = 32;

/**
 * The sum of all, in float32 without the drift of one accumulator, which is off by 5 % after 38 million numbers: rows of at most
 * 32, then their sums, and so on. Takes ownership of x.
 */
export function total(x: np.Array): np.Array {
  const size = x.shape.reduce((product, n) => product * n, 1);
  const flat = x.reshape([size]);
  if (size <= RUN) return flat.sum();
  const rows = Math.ceil(size / RUN);
  const missing = rows * RUN - size;
  const whole = missing === 0 ? flat : np.concatenate([flat, np.zeros([missing])]);
  return total(whole.reshape([rows, RUN]).sum(1));
}
