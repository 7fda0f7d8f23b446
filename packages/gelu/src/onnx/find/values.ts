import type { Node } from '../read/graph.js';
import { constantTensor, type Scope } from '../types/scope.js';

/** Which values of a graph are the same: computed of the same values by equal nodes, or constants of one value. */
export interface Values {
  /** The name that stands for all that are the same as `name`. */
  of(name: string): string;
  /** How often a value is used in this graph and those around it, by whatever of its names. */
  uses(name: string): number;
  /** The nodes of this graph that use a value, by whatever of its names. */
  consumers(name: string): readonly Node[];
  /** The place of a node among those of its graph. */
  position(node: Node): number;
}

const known = new WeakMap<Scope, Values>();

/** The equal values of a graph; one pass over its nodes. */
export function valuesOf(scope: Scope): Values {
  let values = known.get(scope);
  if (values === undefined) {
    values = numbered(scope);
    known.set(scope, values);
  }
  return values;
}

function numbered(scope: Scope): Values {
  const outer = scope.outer === undefined ? undefined : valuesOf(scope.outer);
  const same = new Map<string, string>();
  const first = new Map<string, string>();
  const of = (name: string): string => {
    const found = same.get(name);
    if (found !== undefined) return found;
    const producer = scope.producer.get(name);
    if (producer !== undefined && (producer.op !== 'Constant' || producer.domain !== '')) return name; // known soon
    const here = producer !== undefined || scope.inputs.has(name) || scope.graph.initializers.has(name);
    const key = constantKey(scope, name);
    const result = key === undefined ? (here ? name : (outer?.of(name) ?? name)) : key;
    same.set(name, result);
    return result;
  };
  const numbers = new Map<string, number>();
  /** The number of the value that a name stands for. */
  const numberOf = (name: string): number => {
    const value = of(name);
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, numbers.size);
    return numbers.size - 1;
  };
  const users = new Map<string, Node[]>();
  const slots = new Map<string, number>();
  const positions = new Map(scope.graph.nodes.map((node, i) => [node, i]));
  for (const node of scope.graph.nodes) {
    const key = node.op === 'Identity' && node.domain === '' ? undefined : keyOf(node, of, numberOf);
    for (const [i, name] of node.outputs.entries()) {
      if (name === '' || (node.op === 'Constant' && node.domain === '')) continue;
      if (node.op === 'Identity' && node.domain === '') same.set(name, of(node.inputs[0] ?? ''));
      else if (key !== undefined) {
        const numberedKey = `${i} ${key}`;
        if (!first.has(numberedKey)) first.set(numberedKey, name);
        same.set(name, first.get(numberedKey) ?? name);
      }
    }
    for (const input of node.inputs) {
      const name = of(input);
      const list = users.get(name);
      if (list === undefined) users.set(name, [node]);
      else if (list[list.length - 1] !== node) list.push(node);
      slots.set(name, (slots.get(name) ?? 0) + 1);
    }
  }
  return {
    of,
    uses: (name) => (slots.get(of(name)) ?? 0) + (outer?.uses(name) ?? 0),
    consumers: (name) => users.get(of(name)) ?? [],
    position: (node) => positions.get(node) ?? -1,
  };
}

/** Results that differ from call to call. */
const RANDOM = new Set(
  'RandomNormal RandomUniform RandomNormalLike RandomUniformLike Multinomial Bernoulli Dropout'.split(' '),
);
const DOMAINS = new Set(['', 'com.microsoft']);

/** Equal keys, equal results; undefined if nothing can be said. */
function keyOf(
  { op, domain, inputs, attributes, graphs }: Node,
  of: (name: string) => string,
  numberOf: (name: string) => number,
): string | undefined {
  if (!DOMAINS.has(domain) || RANDOM.has(op) || graphs.length > 0 || inputs.length > 64) return undefined;
  if (attributes.size === 0) return `${domain}:${op}(${inputs.map(numberOf)})`;
  const parts: string[] = [domain, op];
  for (const [name, { float, integer, text, integers, floats, tensor, reference, more }] of [...attributes].sort()) {
    if (more || tensor !== undefined) return undefined;
    parts.push(JSON.stringify([name, float ?? null, integer, text, integers, floats, reference]));
  }
  return JSON.stringify([...parts, ...inputs.map(of)]);
}

/** Constants of few elements are told by those. */
function constantKey(scope: Scope, name: string): string | undefined {
  const tensor = constantTensor(scope, name);
  const elements = tensor?.value === undefined ? tensor?.content?.elements(16) : [tensor.value];
  return tensor && elements && `constant ${tensor.dtype} [${tensor.dims}] ${elements}`;
}
