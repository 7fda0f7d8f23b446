import type { Approximate } from '../../activations/gelu/approximate.js';
import type { Node } from '../read/graph.js';
import { attributeOf, type Scope } from '../types/scope.js';

/** A GELU that is one node. */
export interface Single {
  variant: Approximate | undefined;
  alpha: number | undefined;
  node: Node;
  /** Added to the input first. */
  bias: string | undefined;
  /** Why it is not known what is computed. */
  problem: string | undefined;
}

export const MICROSOFT = 'com.microsoft';

/** All GELUs of a graph that are one node, of the standard operators or of ONNX Runtime's. */
export function singles(scope: Scope): Single[] {
  return scope.graph.nodes.flatMap((node) => {
    // Something comes in and goes out, or it is no operator of that name.
    const single = node.inputs[0] && node.outputs[0] ? read(scope, node) : undefined;
    return single === undefined ? [] : [{ ...NOTHING, ...single, node }];
  });
}

const NOTHING = { variant: undefined, alpha: undefined, bias: undefined, problem: undefined };

function read(scope: Scope, node: Node): Partial<Single> | undefined {
  const { op, domain, inputs } = node;
  const bias = inputs[1] || undefined;
  if (domain === '' && op === 'Gelu') return standard(scope, node);
  if (domain === '' && op === 'Swish') return gated(scope, node, 1, (alpha) => Math.abs(alpha - 1.702) < 0.01);
  if (domain !== MICROSOFT) return undefined;
  if (op === 'Gelu') return { variant: 'none' };
  if (op === 'BiasGelu') return { variant: 'none', bias };
  if (op === 'FastGelu') return { variant: 'tanh', bias };
  if (op === 'QuickGelu') return gated(scope, node, 1.702, (alpha) => alpha !== 1);
  return undefined;
}

function standard(scope: Scope, node: Node): Partial<Single> {
  const approximate = attributeOf(scope, node, 'approximate');
  if (approximate?.reference !== undefined) return { problem: unresolved('approximate', approximate.reference) };
  const form = approximate === undefined ? 'none' : (approximate.text ?? '');
  if (form === 'none' || form === 'tanh') return { variant: form };
  return { problem: `approximate = ${JSON.stringify(form)} is not allowed: 'none' and 'tanh' are` };
}

/** x·σ(αx), if it is one of these α. */
function gated(
  scope: Scope,
  node: Node,
  usual: number,
  counts: (alpha: number) => boolean,
): Partial<Single> | undefined {
  const given = attributeOf(scope, node, 'alpha');
  if (given?.reference !== undefined) return { problem: unresolved('alpha', given.reference) };
  const alpha = given === undefined ? usual : (given.float ?? 0);
  return counts(alpha) ? { variant: 'sigmoid', alpha } : undefined;
}

function unresolved(name: string, reference: string): string {
  return `its attribute ${name} is that of the function around it, ${reference}, which no call or different calls give`;
}
