import type { Node } from '../read/graph.js';
import type { Dim } from '../read/value.js';
import { constantTensor, type Scope, typeOf } from '../types/scope.js';
import { shapeOf } from './arrangement.js';
import { dimsOf } from './dims.js';
import { defaultTensor, type Evaluator, kindOf, producerOf } from './evaluate.js';
import { valuesOf } from './values.js';

/** What lies between x and y. */
export interface Details {
  /** Those of this graph, in their order. */
  nodes: Node[];
  /** Those of the graphs around it. */
  outside: Node[];
  /** Initializers that are inputs too: since IR version 4 a caller may give others. */
  overridable: string[];
  /** The least precise dtype of the constants. */
  constantType: number | undefined;
  /** Whether constants are larger than what they meet, so that y is larger than x. */
  widens: 'never' | 'perhaps' | 'always';
}

/** Goes from y back to x. */
export function detailsOf(scope: Scope, evaluator: Evaluator, x: string, y: string): Details {
  const values = valuesOf(scope);
  const nodes = new Set<Node>();
  const details: Details = { nodes: [], outside: [], overridable: [], constantType: undefined, widens: 'never' };
  const constants = new Set<string>();
  const stack = [y];
  for (let name = stack.pop(); name !== undefined; name = stack.pop()) {
    const made = values.of(name) === values.of(x) ? undefined : producerOf(scope, name);
    if (made === undefined || nodes.has(made.node)) continue;
    const { node } = made;
    nodes.add(node);
    const operands =
      kindOf(made.scope, node) === 'elementwise' ? node.inputs.filter((input) => input !== '') : [node.inputs[0]];
    const moving = operands.find((input) => evaluator.of(input)?.constant === false) ?? x;
    for (const operand of operands) {
      const expression = evaluator.of(operand);
      // One of the other factors of a product.
      if (expression === undefined) continue;
      if (!expression.constant || expression.factors.length > 0) stack.push(operand);
      else collectConstant(made.scope, evaluator, operand, moving, { details, constants, x });
    }
  }
  details.nodes = [...nodes].filter((node) => values.position(node) >= 0);
  details.outside = [...nodes].filter((node) => values.position(node) < 0);
  details.nodes.sort((a, b) => values.position(a) - values.position(b));
  return details;
}

interface Collected {
  details: Details;
  constants: Set<string>;
  x: string;
}

/** Notes what a constant is made of, beside the value `operand` that it meets. */
function collectConstant(
  scope: Scope,
  evaluator: Evaluator,
  name: string,
  operand: string,
  collected: Collected,
): void {
  const { details, constants, x } = collected;
  const stack = [name];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const tensor = defaultTensor(scope, at);
    const node = producerOf(scope, at)?.node;
    if (tensor !== undefined) {
      if (constantTensor(scope, at) === undefined && !details.overridable.includes(at)) details.overridable.push(at);
      details.constantType = coarser(details.constantType, tensor.dtype);
    } else if (node !== undefined && !constants.has(`${at} `)) {
      constants.add(`${at} `);
      const all = kindOf(scope, node) === 'elementwise' || node.op === 'DequantizeLinear';
      if (node.op !== 'ConstantOfShape') stack.push(...(all ? node.inputs.filter((n) => n !== '') : [node.inputs[0]]));
    }
    // Its own shape counts; where that is not known, those of its parts.
    const widens = at === name || dimsOf(scope, name) === undefined ? fits(scope, evaluator, at, operand, x) : 'never';
    if (widens === 'always' || details.widens === 'never') details.widens = widens;
  }
}

/** float16 and bfloat16 round constants most. */
function coarser(a: number | undefined, b: number): number | undefined {
  return [16, 10, 1, 11].find((type) => type === a || type === b) ?? a;
}

/** Whether what a constant is made of makes larger what it meets. */
function fits(scope: Scope, evaluator: Evaluator, name: string, operand: string, x: string): Details['widens'] {
  const node = producerOf(scope, name)?.node;
  const shape = node?.op === 'Expand' ? node.inputs[1] : node?.op === 'ConstantOfShape' ? node.inputs[0] : undefined;
  if (shape !== undefined && isShapeLike(scope, evaluator, shape, operand)) return 'never';
  const given = shape === undefined ? undefined : constantTensor(scope, shape)?.content?.elements(16);
  const dims = defaultTensor(scope, name)?.dims ?? given ?? dimsOf(scope, name);
  if (dims === undefined) return shape === undefined ? 'never' : 'perhaps'; // of another node: its parts tell
  const unmoved = evaluator.of(operand)?.arrangement.key === '';
  const against = dimsOf(scope, operand) ?? (unmoved ? dimsOf(scope, x) : undefined);
  const rank = against?.length ?? typeOf(scope, operand)?.rank ?? (unmoved ? typeOf(scope, x)?.rank : undefined);
  if (dims.length > (rank ?? 1)) return rank === undefined ? 'perhaps' : 'always';
  return dims.reduce<Details['widens']>((worst, dim, i) => {
    const fit = fitsDim(dim, against?.[against.length - dims.length + i]);
    return fit === 'always' || worst === 'never' ? fit : worst;
  }, 'never');
}

function fitsDim(dim: Dim, against: Dim): Details['widens'] {
  if (dim === 1 || (dim !== undefined && dim === against)) return 'never';
  return typeof dim === 'number' && typeof against === 'number' ? 'always' : 'perhaps';
}

/** Whether a value is the shape of another, or of one that is as large: a function of x of the same arrangement. */
function isShapeLike(scope: Scope, evaluator: Evaluator, shape: string, operand: string): boolean {
  const model = shapeOf(scope, shape);
  if (model === undefined) return false;
  const other = evaluator.of(model);
  if (other?.constant === false) return other.arrangement.key === evaluator.of(operand)?.arrangement.key;
  return valuesOf(scope).of(model) === valuesOf(scope).of(operand);
}
