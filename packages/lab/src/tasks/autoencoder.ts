import { jit, type numpy as np, tree } from '@jax-js/jax';
import { type Examples, PIXELS, take } from '../data/examples.js';
import { activationBySpec } from '../models/activations.js';
import { initialize, meanSquaredError, PAPER_SIZES, reconstruct } from '../models/autoencoder.js';
import { random } from '../numbers/random.js';
import { batchOrder, rows } from '../training/batches.js';
import type { Arrays, Split, Task } from '../training/task.js';
import { imagesOf } from './mnist.js';

export interface AutoencoderOptions {
  activation: string;
  seed: number;
  batch: number;
  sizes?: readonly number[];
}

/** Images that are evaluated on the way, and to a forward pass. */
const CHUNK = 1000;

/** The autoencoder of the paper on MNIST. `loss` is the mean squared error over all pixels. */
export function autoencoderTask(
  data: Partial<Record<Split, Examples>> & { train: Examples },
  options: AutoencoderOptions,
): Task {
  const { activation, seed, batch, sizes = PAPER_SIZES } = options;
  const f = activationBySpec(activation).apply;
  const order = batchOrder(data.train.count, batch, seed);
  const error = (p: Arrays, x: np.Array): np.Array =>
    meanSquaredError(
      reconstruct(sizes, (z) => f(z), p, x.ref),
      x,
    );
  const compiled = jit(error);
  return {
    name: 'autoencoder',
    initialize: (from) => initialize(sizes, random(from, 'weights')),
    loss: (parameters, { images }) => error(parameters, images),
    batch: (step) => ({ images: { shape: [batch, PIXELS], values: rows(data.train.images, PIXELS, order(step)) } }),
    evaluate: async (parameters, split, thorough) => {
      const all = data[split];
      if (all === undefined) throw new RangeError(`this task has no ${split} images`);
      const examples = thorough ? take(all, 10 * CHUNK) : take(all, CHUNK);
      let sum = 0;
      for (let first = 0; first < examples.count; first += CHUNK) {
        const part = imagesOf(examples, first, CHUNK);
        const count = part.shape[0];
        sum += count * ((await compiled(tree.ref(parameters), part).data()) as Float32Array)[0];
      }
      return { loss: sum / examples.count };
    },
    dispose: () => compiled.dispose(),
  };
}
