// What ONNX Runtime's CPU makes of a node that is an activation, by dtype and opset.
import { oneNode } from './model.mjs';
import { optimizedOperators } from './optimized.mjs';

const f = (value) => ({ f: value });

/**
 * The dims are those of a bias and of x.
 *
 * @typedef {[name: string, op: string, domain: string, attributes: object, bias?: number[], dims?: number[]]} Activation
 * @type {Activation[]}
 */
export const ACTIVATIONS = [
  ['Gelu', 'Gelu', '', {}],
  ['Gelu:tanh', 'Gelu', '', { approximate: 'tanh' }],
  ['Swish', 'Swish', '', { alpha: f(1.702) }],
  ['HardSwish', 'HardSwish', '', {}],
  ['Mish', 'Mish', '', {}],
  ['com.microsoft.Gelu', 'Gelu', 'com.microsoft', {}],
  ['com.microsoft.FastGelu', 'FastGelu', 'com.microsoft', {}],
  ['com.microsoft.QuickGelu', 'QuickGelu', 'com.microsoft', { alpha: f(1.702) }],
  ['com.microsoft.BiasGelu', 'BiasGelu', 'com.microsoft', {}, [96]],
  ['com.microsoft.BiasSplitGelu', 'BiasSplitGelu', 'com.microsoft', {}, [2560], [1, 2, 2560]],
  ['com.microsoft.GemmFastGelu', 'GemmFastGelu', 'com.microsoft', {}, [96, 96]],
];

export const OPSETS = Array.from({ length: 18 }, (_, i) => i + 7);

/**
 * The operators that are left at an opset; undefined where it is refused.
 *
 * @param {Activation} activation
 * @param {string} dtype
 * @param {number} opset
 */
export function leftOf(activation, dtype, opset) {
  const [, op, domain, attributes, bias, dims = [4, 96]] = activation;
  const size = bias?.reduce((a, b) => a * b, 1);
  const values = { dtype, dims: bias, values: Array.from({ length: size ?? 0 }, (_, i) => Math.sin(i)) };
  const constants = bias ? { b: values } : {};
  const inputs = bias ? ['x', 'b'] : ['x'];
  return optimizedOperators(
    oneNode({ op, domain, opset, inputs, attributes, constants, x: { dtype, dims }, y: dtype }),
  );
}

/** The ranges of opsets with the same result: [first, last, operators joined by spaces][]. */
export async function kernelRanges(activation, dtype) {
  const ranges = [];
  for (const opset of OPSETS) {
    const left = (await leftOf(activation, dtype, opset))?.join(' ');
    if (left === undefined) continue;
    const last = ranges.at(-1);
    if (last?.[1] === opset - 1 && last[2] === left) last[1] = opset;
    else ranges.push([opset, opset, left]);
  }
  return ranges;
}
