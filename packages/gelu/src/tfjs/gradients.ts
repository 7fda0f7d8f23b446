import type { GradConfig, NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { ACTIVATION, ACTIVATION_GRAD, run, runGrad, type Work } from './kernels.js';

const workOf = (attrs: NamedAttrMap): Work => attrs as unknown as Work;

/** a·b·f"(x). */
function secondDerivative(a: Tensor, b: Tensor | undefined, x: Tensor, work: Work): Tensor {
  const product = b ? tf.mul(a, b) : a;
  return tf.mul(product, run(x, { ...work, order: 2 }));
}

/** The derivatives that tf.grad finds: the first as a kernel of its own, the second from the definition. */
export const gradients: readonly GradConfig[] = [
  {
    kernelName: ACTIVATION,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => {
      const work = workOf(attrs);
      return {
        x: () => {
          if (work.order === 2) throw new Error(`gelu/tfjs has no third derivative (of ${work.target.key})`);
          return work.order === 0 ? runGrad(dy as Tensor, x, work) : secondDerivative(dy as Tensor, undefined, x, work);
        },
      };
    },
  },
  {
    kernelName: ACTIVATION_GRAD,
    inputsToSave: ['dy', 'x'],
    gradFunc: (ddx, [dy, x], attrs) => {
      const work = workOf(attrs);
      return { dy: () => runGrad(ddx as Tensor, x, work), x: () => secondDerivative(ddx as Tensor, dy, x, work) };
    },
  },
];
