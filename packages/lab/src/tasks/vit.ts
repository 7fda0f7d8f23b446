import { type Examples, PIXELS } from '../data/examples.js';
import { blockActivation } from '../models/transformer.js';
import { initialize, logits, patches, type VitShape } from '../models/vit.js';
import { random } from '../numbers/random.js';
import { rows } from '../training/batches.js';
import type { Split, Task } from '../training/task.js';
import { classifier, type Labelled } from './classifier.js';
import type { TransformerOptions } from './gpt.js';

/** A small vision transformer on MNIST. */
export function vitTask(data: Record<Split, Examples>, options: TransformerOptions): Task {
  const { activation, layers, width, heads, seed, batch } = options;
  const { apply, gated, inner } = blockActivation(activation, width);
  const shape: VitShape = { layers, width, heads, inner, gated, classes: 10 };
  const cut = ({ images, labels }: Examples): Labelled => ({
    labels,
    inputs: (chosen) => {
      const values = patches(rows(images, PIXELS, chosen), chosen.length);
      return { shape: [chosen.length * 16, values.length / chosen.length / 16], values };
    },
  });
  return classifier({
    name: 'vit',
    classes: 10,
    data: { train: cut(data.train), validation: cut(data.validation), test: cut(data.test) },
    seed,
    batch,
    initialize: (from) => initialize(shape, random(from, 'weights')),
    logits: (parameters, inputs) => logits(shape, apply, parameters, inputs),
  });
}
