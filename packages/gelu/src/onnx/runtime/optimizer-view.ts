import type { Attribute } from '../read/attribute.js';
import type { Node } from '../read/graph.js';
import { FLOAT16_TYPE } from '../read/tensor.js';
import { attributeOf, constantTensor, definingScope, type Scope } from '../types/scope.js';

/** How deep nodes are compared, and constants computed. */
const DEEPEST = 8;

/** Nodes that do nothing, one after the other. */
const MOST = 64;

/** A graph as ONNX Runtime's optimizer sees it: nodes that do nothing removed, equal ones merged, constants computed. */
export class OptimizerView {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** The node that makes a value, if it is in the graph. */
  node(name: string): Node | undefined {
    return this.#scope.producer.get(this.#source(name));
  }

  /** The node that takes a value if that is the only use of it. */
  onlyUser(name: string): Node | undefined {
    const users = this.users(name);
    return users.length === 1 ? users[0] : undefined;
  }

  /** Each use of a value; undefined stands for one outside of the graph. */
  users(name: string): (Node | undefined)[] {
    const users: (Node | undefined)[] = [];
    const names = [name];
    for (const at of names) {
      if (this.#scope.escaping.has(at)) users.push(undefined);
      for (const node of this.#scope.consumers.get(at) ?? []) {
        if (!this.#doesNothing(node)) users.push(...node.inputs.filter((input) => input === at).map(() => node));
        else if (names.length < MOST && !names.includes(node.outputs[0])) names.push(node.outputs[0]);
      }
    }
    return users;
  }

  /** Whether two values are one, if only because equal nodes make them. */
  same(a: string, b: string, depth = 0): boolean {
    const [p, q] = [this.#source(a), this.#source(b)];
    if (p === q) return true;
    const [m, n] = [this.#scope.producer.get(p), this.#scope.producer.get(q)];
    if (m === undefined || n === undefined || depth > DEEPEST) return false;
    if (m.op !== n.op || m.domain !== n.domain || m.inputs.length !== n.inputs.length) return false;
    if (m.graphs.length + n.graphs.length > 0 || m.outputs.indexOf(p) !== n.outputs.indexOf(q)) return false;
    if (!sameAttributes(m.attributes, n.attributes)) return false;
    return m.inputs.every((input, i) => this.same(input, n.inputs[i], depth + 1));
  }

  /** The number that a value is if it is a constant of one element and at most one dimension. */
  scalar(name: string, depth = 0): number | undefined {
    const source = this.#source(name);
    const tensor = constantTensor(this.#scope, source);
    if (tensor !== undefined) return tensor.dims.length <= 1 ? tensor.value : undefined;
    const node = this.#scope.producer.get(source);
    const compute = node?.domain === '' && depth < DEEPEST ? FOLDED[node.op] : undefined;
    if (node === undefined || compute === undefined) return undefined;
    const values = node.inputs.map((input) => this.scalar(input, depth + 1));
    if (values.some((value) => value === undefined)) return undefined;
    // What has no kernel for a dtype is not computed in it: float16.
    return this.#scope.type(source)?.dtype === FLOAT16_TYPE && node.op !== 'Cast'
      ? undefined
      : compute(...(values as [number, number]));
  }

  /** The other operand of a node of two, if one is `name`. */
  other(node: Node, name: string): string | undefined {
    const [a, b] = node.inputs;
    return this.same(a, name) ? b : this.same(b, name) ? a : undefined;
  }

  #source(name: string): string {
    let source = name;
    for (let steps = 0; steps < MOST; steps++) {
      const node = this.#scope.producer.get(source);
      if (node === undefined || !this.#doesNothing(node)) break;
      source = node.inputs[0];
    }
    return source;
  }

  #doesNothing(node: Node): boolean {
    const { op, domain, inputs, outputs } = node;
    if (domain !== '' || inputs.length === 0) return false;
    if (op === 'Identity') return true;
    if (op === 'Dropout') return inputs.length < 3 && outputs.length === 1;
    const to = op === 'Cast' ? attributeOf(this.#scope, node, 'to')?.integer : undefined;
    return to !== undefined && to === definingScope(this.#scope, inputs[0])?.type(inputs[0])?.dtype;
  }
}

/** What is computed of constants when a model is loaded. */
const FOLDED: Readonly<Record<string, (a: number, b: number) => number>> = {
  Sqrt: Math.sqrt,
  Neg: (a) => -a,
  Reciprocal: (a) => 1 / a,
  Cast: (a) => a,
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Pow: (a, b) => a ** b,
};

function sameAttributes(a: ReadonlyMap<string, Attribute>, b: ReadonlyMap<string, Attribute>): boolean {
  const text = (attributes: ReadonlyMap<string, Attribute>): string | undefined =>
    [...attributes.values()].some(({ tensor }) => tensor !== undefined)
      ? undefined // tensors are not compared
      : JSON.stringify([...attributes].sort(([p], [q]) => (p < q ? -1 : 1)));
  const [p, q] = [text(a), text(b)];
  return p !== undefined && p === q;
}
