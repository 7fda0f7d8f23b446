import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { activation } from '../../activations/index.js';
import { OPERATION } from '../graph/operation.js';
import { targetOf } from '../keras/names.js';
import { apply } from '../ops.js';

/** What tfjs-converter gives an operation of a program's own. */
interface GraphNode {
  readonly inputs: readonly Tensor[];
  readonly attrs: { readonly [name: string]: unknown };
}

/** What is used of tfjs-converter. */
export interface Converter {
  registerOp(name: string, run: (node: GraphNode) => Tensor | Tensor[]): void;
}

const OTHERS = new Set(['activation', 'broadcast', 'T']);

/** Makes a copy of tfjs-converter run the activations of rewritten graphs. */
export function registerOperation(converter: Converter): void {
  converter.registerOp(OPERATION, ({ inputs: [x], attrs }) => {
    const { definition } = activation(String(attrs.activation));
    const parameters = Object.fromEntries(Object.entries(attrs).filter(([name]) => !OTHERS.has(name)));
    const target = targetOf(definition, parameters as { [name: string]: number | string });
    const shape = attrs.broadcast as number[] | undefined;
    if (shape === undefined) return apply(x, target);
    const whole = tf.broadcast_util.assertAndGetBroadcastShape(x.shape, shape);
    return tf.tidy(() => apply(tf.util.arraysEqual(whole, x.shape) ? x : tf.broadcastTo(x, whole), target));
  });
}
