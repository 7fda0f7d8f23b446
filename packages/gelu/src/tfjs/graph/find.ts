import type { ParameterValues } from '../../activations/model/parameters.js';
import { Evaluator, isElementwise } from './evaluate.js';
import { identify } from './identify.js';
import { type NodeDef, textOf } from './model.js';
import { nodeOf, type Scope, type Value, valueIn } from './scope.js';

/** An activation in a graph. */
export interface Found {
  readonly scope: Scope;
  readonly activation: string;
  readonly parameters: ParameterValues;
  readonly difference: number;
  /** The input as the graph names it. */
  readonly x: string;
  readonly y: NodeDef;
  /** From x to y, in the order of the graph. */
  readonly nodes: readonly NodeDef[];
  /** What is at its heart: 'Erf', 'Tanh', …, or the operation that it is. */
  readonly written: string;
  /** The shapes of constants that are not scalars: the result has at least theirs. */
  readonly shapes: readonly (readonly number[])[];
  /** Nodes on the way that others read too. */
  readonly shared: readonly string[];
}

/** The functions that activations are made around. */
const HEARTS = new Set('Erf Erfc Tanh Sigmoid Softplus Exp Relu6 ClipByValue Minimum Maximum'.split(' '));
/** Those that nothing else is likely to be made of: where they are the heart of none, that is said. */
const TELLING = new Set(['Erf', 'Erfc', 'Tanh', 'Sigmoid', 'Softplus']);

/** How many values back x is looked for, and how many on y. */
const FURTHEST = 24;

/** Operations that are an activation by themselves, which TensorFlow.js has not: those of oneDNN and of TensorFlow Addons. */
const SINGLES: { readonly [op: string]: (node: NodeDef) => { activation: string; parameters: ParameterValues } } = {
  _MklSwish: () => ({ activation: 'silu', parameters: {} }),
  _MklFusedMish: () => ({ activation: 'mish', parameters: {} }),
  'Addons>Mish': () => ({ activation: 'mish', parameters: {} }),
  'Addons>Gelu': ({ attr }) => ({
    activation: 'gelu',
    parameters: { approximate: (attr?.approximate?.b ?? true) ? 'tanh' : 'none' },
  }),
};

/** What is fused into a product or a convolution and TensorFlow.js cannot do, by its name in lower case. */
const FUSED: { readonly [name: string]: { activation: string; parameters: ParameterValues } } = {
  geluexact: { activation: 'gelu', parameters: { approximate: 'none' } },
  geluapproximate: { activation: 'gelu', parameters: { approximate: 'tanh' } },
};

/** The activation that a fused node ends with. */
export function fusedActivation({ attr }: NodeDef): (typeof FUSED)[string] | undefined {
  const last = attr?.fused_ops?.list?.s?.at(-1);
  const name = textOf(last).toLowerCase();
  return Object.hasOwn(FUSED, name) ? FUSED[name] : undefined;
}

/** All activations of a graph, in the order of its nodes. */
export function findIn(scope: Scope): Found[] {
  const found = new Map<string, Found>();
  for (const node of scope.nodes) {
    if (Object.hasOwn(SINGLES, node.op) && node.input?.[0] !== undefined)
      found.set(node.name, single(scope, node, SINGLES[node.op](node), node.input[0]));
    const fused = fusedActivation(node);
    if (fused !== undefined) found.set(node.name, single(scope, node, fused, node.name));
    if (HEARTS.has(node.op) && isElementwise(node))
      for (const one of around(scope, node)) if (!found.has(one.y.name)) found.set(one.y.name, one);
  }
  const inside = new Set([...found.values()].flatMap(({ y, nodes }) => nodes.filter((node) => node !== y)));
  // A part of a larger one, as x·σ(x) may be of another: the larger holds.
  return scope.nodes.flatMap((node) => {
    const one = found.get(node.name);
    return one !== undefined && !inside.has(node) ? [one] : [];
  });
}

/** The hearts of none, among those that tell of an activation. */
export function notUnderstood(scope: Scope, found: readonly Found[]): NodeDef[] {
  const used = new Set(found.flatMap(({ nodes }) => nodes));
  return scope.nodes.filter((node) => TELLING.has(node.op) && !used.has(node));
}

type Meant = { activation: string; parameters: ParameterValues };

function single(scope: Scope, node: NodeDef, meant: Meant, x: string): Found {
  return { scope, ...meant, difference: 0, x, y: node, nodes: [node], written: node.op, shapes: [], shared: [] };
}

/**
 * Around erf, tanh, σ …: a value x and a value y of which y, computed from x, is an activation. It does not matter how the steps
 * between are written.
 */
function around(scope: Scope, heart: NodeDef): Found[] {
  for (const { input, value } of before(scope, heart)) {
    const evaluator = new Evaluator(scope, value);
    if (!evaluator.of(outputOf(heart))?.usesX) continue;
    const found = after(scope, heart, evaluator, input, value);
    if (found.length > 0) return found;
  }
  return [];
}

const outputOf = ({ name }: NodeDef): Value => ({ node: name, key: `${name}::0` });

/** The values that go into the heart, the nearest first. */
function before(scope: Scope, heart: NodeDef): { input: string; value: Value }[] {
  const found: { input: string; value: Value }[] = [];
  const add = ({ input = [] }: NodeDef): void => {
    for (const name of input) {
      const value = valueIn(name);
      if (value && !found.some((other) => other.value.key === value.key)) found.push({ input: name, value });
    }
  };
  add(heart);
  for (let i = 0; i < found.length && found.length < FURTHEST; i++) {
    const node = scope.byName.get(found[i].value.node);
    if (node !== undefined && isElementwise(node)) add(node);
  }
  return found;
}

function after(scope: Scope, heart: NodeDef, evaluator: Evaluator, x: string, value: Value): Found[] {
  const found: Found[] = [];
  const reached = [heart];
  for (let i = 0; i < reached.length && reached.length < FURTHEST; i++) {
    for (const node of scope.readers.get(reached[i].name) ?? []) {
      if (reached.includes(node) || !isElementwise(node)) continue;
      const result = evaluator.of(outputOf(node));
      if (result === undefined || !result.usesX) continue;
      const identity = identify(result.at);
      if (identity === undefined) {
        reached.push(node);
        continue;
      }
      const nodes = between(scope, evaluator, value, node);
      const { shapes } = result;
      const shared = sharedOf(scope, nodes, node);
      found.push({ scope, ...identity, x, y: node, nodes, written: heart.op, shapes, shared });
    }
  }
  return found.filter((one, i) => found.findIndex(({ y }) => y === one.y) === i);
}

/** The nodes from x to y that depend on x, in the order of the graph. */
function between(scope: Scope, evaluator: Evaluator, x: Value, y: NodeDef): NodeDef[] {
  const nodes = new Set<NodeDef>([y]);
  for (const node of nodes)
    for (const input of node.input ?? []) {
      const value = valueIn(input);
      if (value === undefined || value.key === x.key || !evaluator.of(value)?.usesX) continue;
      const inner = scope.byName.get(value.node);
      if (inner !== undefined) nodes.add(inner);
    }
  const place = (node: NodeDef): number => scope.order.get(node) ?? 0;
  return [...nodes].sort((a, b) => place(a) - place(b));
}

function sharedOf(scope: Scope, nodes: readonly NodeDef[], y: NodeDef): string[] {
  const inside = new Set(nodes);
  return nodes
    .filter((node) => node !== y)
    .filter(
      ({ name }) => scope.outside.has(name) || (scope.readers.get(name) ?? []).some((reader) => !inside.has(reader)),
    )
    .map(({ name }) => nodeOf(name));
}
