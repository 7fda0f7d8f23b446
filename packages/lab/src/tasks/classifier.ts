import { jit, type numpy as np, tree } from '@jax-js/jax';
import { crossEntropy, paddedClasses } from '../models/mlp.js';
import type { HostArray } from '../numbers/host-array.js';
import { batchOrder, oneHot, rows } from '../training/batches.js';
import { crossEntropyOf, type Scores } from '../training/scores.js';
import type { Arrays, Batch, Split, Task } from '../training/task.js';
import { toEngine } from '../training/trainer.js';

/** Inputs with a label each. */
export interface Labelled {
  labels: Uint8Array;
  /** The inputs at these indices, as the model takes them. */
  inputs(chosen: ArrayLike<number>): HostArray;
}

/** Labelled rows of `width` numbers. */
export function labelledRows(
  { images, labels }: { images: Float32Array; labels: Uint8Array },
  width: number,
): Labelled {
  return {
    labels,
    inputs: (chosen) => ({ shape: [chosen.length, width], values: rows(images, width, chosen) }),
  };
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
  /** Examples of a split that are evaluated: the first so many, also at the end; else a sample on the way, then all. */
  evaluated?: Partial<Record<Split, number>>;
}

export interface Classifier extends Task {
  /** Loss and share of errors on the first `count` of any inputs. The parameters stay the caller's. */
  scores(parameters: Arrays, part: Labelled, count?: number): Promise<Scores>;
}

/** Examples to a forward pass when evaluating. */
const CHUNK = 500;
/** Examples that are evaluated on the way. */
const SAMPLE = 1000;

/** A task that tells classes apart: cross-entropy, and the share of errors as `error`. */
export function classifier({ name, classes, data, seed, batch, evaluated, ...model }: ClassifierParts): Classifier {
  const columns = paddedClasses({ classes });
  const order = batchOrder(data.train.labels.length, batch, seed);
  const forward = jit((p: Arrays, x: np.Array) => model.logits(p, x, {}));
  const scores: Classifier['scores'] = async (parameters, part, count = part.labels.length) => {
    const all = new Float32Array(count * columns);
    for (let first = 0; first < count; first += CHUNK) {
      const chosen = Array.from({ length: Math.min(CHUNK, count - first) }, (_, i) => first + i);
      const out = forward(tree.ref(parameters), toEngine({ inputs: part.inputs(chosen) }).inputs);
      all.set((await out.data()) as Float32Array, first * columns);
    }
    return crossEntropyOf(all, columns, classes, part.labels.subarray(0, count));
  };
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
      const wanted = evaluated ? evaluated[split] : thorough ? undefined : SAMPLE;
      return { ...(await scores(parameters, part, Math.min(wanted ?? Infinity, part.labels.length))) };
    },
    scores,
    dispose: () => forward.dispose(),
  };
}
