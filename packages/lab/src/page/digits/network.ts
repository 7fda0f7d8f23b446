import { jit, numpy as np, tree } from '@jax-js/jax';
import { type Examples, PIXELS } from '../../data/examples.js';
import { activationBySpec } from '../../models/activations.js';
import { logits as mlpLogits } from '../../models/mlp.js';
import { PAPER_SHAPE } from '../../models/mlp-shape.js';
import { patches, type VitShape, logits as vitLogits } from '../../models/vit.js';
import { mnistClassifier } from '../../tasks/mnist.js';
import { vitTask } from '../../tasks/vit.js';
import type { Arrays, Task } from '../../training/task.js';

export const NETS = ['paper', 'transformer'] as const;
export type Net = (typeof NETS)[number];

export interface NetworkChoice {
  net: Net;
  /** An activation with its parameters, as 'gelu:approximate=tanh'. */
  activation: string;
  seed: number;
}

const BATCH = 64;
const CLASSES = 10;
const BLOCKS = { layers: 2, width: 32, heads: 2 } as const;

/** The paper's 784-8×128-10, or a vision transformer of two blocks, as a task of the lab's. */
export function digitsTask(
  { train, test }: { train: Examples; test: Examples },
  { net, activation, seed }: NetworkChoice,
): Task {
  return net === 'paper'
    ? mnistClassifier({ train, test }, { activation, seed, batch: BATCH })
    : vitTask({ train, validation: test, test }, { activation, seed, batch: BATCH, ...BLOCKS });
}

/** What a network makes of one image. */
export interface Reading {
  /** What comes out of each activation, [rows, units]: a row for the image, or for each of its 16 patches. */
  layers: { units: number; values: Float32Array }[];
  /** The chance of each digit. */
  chances: number[];
}

/** Reads images with a network's parameters, which stay the caller's. Dispose of it when done. */
export function reader({ net, activation }: NetworkChoice): {
  read(parameters: Arrays, image: Float32Array): Promise<Reading>;
  dispose(): void;
} {
  const { apply } = activationBySpec(activation);
  const run = jit((parameters: Arrays, x: np.Array): np.Array[] => {
    const seen: np.Array[] = [];
    const watched = (before: np.Array): np.Array => {
      const after = apply(before);
      seen.push(after.ref);
      return after;
    };
    const shape: VitShape = { ...BLOCKS, inner: 4 * BLOCKS.width, gated: false, classes: CLASSES };
    const out =
      net === 'paper' ? mlpLogits(PAPER_SHAPE, watched, parameters, x) : vitLogits(shape, watched, parameters, x);
    return [out, ...seen];
  });
  return {
    read: async (parameters, image) => {
      const values = net === 'paper' ? image.slice(0, PIXELS) : patches(image, 1);
      const rows = net === 'paper' ? 1 : 16;
      const x = np.array(values, { shape: [rows, values.length / rows] });
      const [out, ...seen] = run(tree.ref(parameters), x);
      const layers: Reading['layers'] = [];
      for (const array of seen) {
        const units = array.shape[array.shape.length - 1];
        layers.push({ units, values: (await array.data()) as Float32Array });
      }
      return { layers, chances: softmax(((await out.data()) as Float32Array).subarray(0, CLASSES)) };
    },
    dispose: () => run.dispose(),
  };
}

/** Of logits, to be shown: engines may differ in its last bits. */
function softmax(logits: Float32Array): number[] {
  const largest = Math.max(...logits);
  const powers = Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}
