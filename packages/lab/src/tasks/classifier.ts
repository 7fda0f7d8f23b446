import { jit, type numpy as np, tree } from '@jax-js/jax';
import { crossEntropy, paddedClasses } from '../models/mlp.js';
import { batchOrder, oneHot } from '../training/batches.js';
import { crossEntropyOf } from '../training/scores.js';
import type { Arrays, Batch, HostArray, Split, Task } from '../training/task.js';
import { toEngine } from '../training/trainer.js';

/** Inputs with a label each. */
export interface Labelled {
  labels: Uint8Array;
  /** The inputs at these indices, as the model takes them. */
  inputs(chosen: ArrayLike<number>): HostArray;
}

export interface ClassifierParts {
  name: string;
  classes: number;
  data: Partial<Record<Split, Labelled>> & { train: Labelled };
  seed: number;
  batch: number;
  initialize: Task['initialize'];
  /** Logits [n, padded classes]; `given` holds the extras in training, and is empty in evaluation. Owns all arrays. */
  logits(parameters: Arrays, inputs: np.Array, given: Arrays): np.Array;
  /** What a step is given besides inputs and labels, such as dropout's masks. */
  extras?(step: number): Batch;
}

/** Examples to a forward pass when evaluating. */
const CHUNK = 500;
/** Examples that are evaluated on the way. */
const SAMPLE = 1000;

/** A task that tells classes apart: cross-entropy, and the share of errors as `error`. */
export function classifier({ name, classes, data, seed, batch, ...model }: ClassifierParts): Task {
  const columns = paddedClasses({ classes });
  const order = batchOrder(data.train.labels.length, batch, seed);
  const forward = jit((p: Arrays, x: np.Array) => model.logits(p, x, {}));
  return {
    name,
    initialize: model.initialize,
    loss: (parameters, { inputs, labels, ...given }) => crossEntropy(model.logits(parameters, inputs, given), labels),
    batch: (step) => {
      const chosen = order(step);
      const labels = oneHot(
        Array.from(chosen, (i) => data.train.labels[i]),
        columns,
      );
      return {
        inputs: data.train.inputs(chosen),
        labels: { shape: [batch, columns], values: labels },
        ...model.extras?.(step),
      };
    },
    evaluate: async (parameters, split, thorough) => {
      const part = data[split];
      if (part === undefined) throw new RangeError(`${name} has no ${split} data`);
      const count = thorough ? part.labels.length : Math.min(SAMPLE, part.labels.length);
      const all = new Float32Array(count * columns);
      for (let first = 0; first < count; first += CHUNK) {
        const chosen = Array.from({ length: Math.min(CHUNK, count - first) }, (_, i) => first + i);
        const out = forward(tree.ref(parameters), toEngine({ inputs: part.inputs(chosen) }).inputs);
        all.set((await out.data()) as Float32Array, first * columns);
      }
      return { ...crossEntropyOf(all, columns, classes, part.labels.subarray(0, count)) };
    },
    dispose: () => forward.dispose(),
  };
}
