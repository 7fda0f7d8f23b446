import type { Found } from '../find/find.js';
import type { Node } from '../read/graph.js';
import { FLOAT16_TYPE, FLOAT32 } from '../read/tensor.js';
import { OptimizerView } from './optimizer-view.js';

/** Why the optimizer of ONNX Runtime leaves an erf form as it is; undefined if it makes one operator of it. */
export function erfObstacle({ nodes, scope, composite, dtype = FLOAT32 }: Found): string | undefined {
  if (composite?.factors.length) return OTHERS;
  const view = new OptimizerView(scope);
  const is = (name: string | undefined, value: number): boolean => {
    const found = name === undefined ? undefined : view.scalar(name);
    return found !== undefined && near(found, value, dtype);
  };
  const erf = nodes.find(({ op }) => op === 'Erf');
  const division = erf && view.node(erf.inputs[0]);
  if (erf === undefined || division?.op !== 'Div') return 'x is not divided by √2 just before Erf';
  const [x] = division.inputs;
  if (!is(division.inputs[1], ROOT)) return 'its √2 is not one that it takes for that: a scalar of 1.41421';
  if (view.onlyUser(division.outputs[0]) !== erf) return 'x/√2 is used elsewhere';
  const sum = view.onlyUser(erf.outputs[0]);
  if (sum?.op !== 'Add' || !is(view.other(sum, erf.outputs[0]), 1)) return '1 + erf is not one Add of a scalar';
  const product = view.onlyUser(sum.outputs[0]);
  const factor = product?.op === 'Mul' ? view.other(product, sum.outputs[0]) : undefined;
  if (product === undefined || factor === undefined) return '1 + erf goes elsewhere than into one Mul';
  const scaled = view.node(factor);
  if (view.same(factor, x)) {
    const last = view.onlyUser(product.outputs[0]);
    if (last?.op !== 'Mul' || !is(view.other(last, product.outputs[0]), 0.5)) return '½ is not the last, as a scalar';
  } else if (scaled?.op !== 'Mul' || !is(view.other(scaled, x), 0.5) || view.onlyUser(factor) === undefined)
    return '½ is applied to the sum, or not as a scalar';
  return quantized(view.node(x));
}

/** The same of x·σ(αx). */
export function sigmoidObstacle({ nodes, scope, composite, variant }: Found): string | undefined {
  if (composite?.factors.length) return OTHERS;
  if (variant === 'tanh') return 'the tanh form is not fused';
  const view = new OptimizerView(scope);
  const sigmoid = nodes.find(({ op }) => op === 'Sigmoid');
  const product = sigmoid && view.onlyUser(sigmoid.outputs[0]);
  const x = product?.op === 'Mul' ? view.other(product, sigmoid?.outputs[0] ?? '') : undefined;
  if (sigmoid === undefined || x === undefined) return 'σ goes elsewhere than into one Mul';
  const [argument] = sigmoid.inputs;
  if (view.same(argument, x)) return quantized(view.node(x));
  const scaled = view.node(argument);
  const factor = scaled?.op === 'Mul' ? view.other(scaled, x) : undefined;
  if (factor === undefined || view.scalar(factor) === undefined) return 'not x·σ(Mul(x, α)) with a scalar α';
  return view.onlyUser(argument) === sigmoid ? quantized(view.node(x)) : 'αx is used elsewhere';
}

const OTHERS = 'another value is multiplied in between';

/** Each use of what a dequantizer gives gets a dequantizer of its own. */
function quantized(node: Node | undefined): string | undefined {
  return node?.op === 'DequantizeLinear' ? 'its input comes from DequantizeLinear, one for each use' : undefined;
}

/** √2 as it is written there. */
const ROOT = 141_421 / 100_000;

/** Constants are compared so; in float16 they have to be the nearest. */
function near(value: number, expected: number, dtype: number): boolean {
  if (dtype === FLOAT16_TYPE) return Math.abs(value - expected) < 2 ** -12 * expected;
  return Math.abs(value - Math.fround(expected)) <= 1e-8 + 1e-5 * expected;
}
