import type { Node } from '../read/graph.js';
import { attributeOf, type Scope } from '../types/scope.js';
import { fusedPart } from './fused.js';
import { MICROSOFT, type Reading, type Single, unresolved } from './reading.js';

/** A node that seems to be an activation, of which it cannot be said which. */
export interface Unclear {
  node: Node;
  reason: string;
}

/**
 * All activations of a graph that are one node, of the standard operators or of ONNX Runtime's; `functions` are those that the model
 * defines, 'domain:name'.
 */
export function singles(scope: Scope, functions: ReadonlySet<string>): (Single | Unclear)[] {
  return scope.graph.nodes.flatMap((node): (Single | Unclear)[] => {
    // Something comes in and goes out, or it is no operator of that name.
    const read = node.inputs[0] && node.outputs[0] ? readSingle(scope, node, functions) : undefined;
    if (read === undefined) return [];
    return ['reason' in read ? { node, ...read } : { ...NOTHING, ...read, node }];
  });
}

const NOTHING = { variant: undefined, alpha: undefined, bias: undefined, part: undefined, problem: undefined };

function readSingle(scope: Scope, node: Node, functions: ReadonlySet<string>): Reading {
  const { op, domain, inputs } = node;
  const bias = inputs[1] || undefined;
  if (domain === '') {
    if (op === 'Gelu') return standard(scope, node);
    if (op === 'Swish') return gated(scope, node, 1, (alpha) => Math.abs(alpha - 1.702) < 0.01);
    if (op === 'HardSwish') return { activation: 'hardswish' };
    return op === 'Mish' ? { activation: 'mish' } : undefined;
  }
  if (domain === MICROSOFT) {
    if (op === 'Gelu') return { activation: 'gelu', variant: 'none' };
    if (op === 'BiasGelu') return { activation: 'gelu', variant: 'none', bias };
    if (op === 'FastGelu') return { activation: 'gelu', variant: 'tanh', bias };
    if (op === 'QuickGelu') return gated(scope, node, 1.702, (alpha) => alpha > 0 && alpha < Infinity && alpha !== 1);
  }
  return fusedPart(scope, node, functions);
}

function standard(scope: Scope, node: Node): Reading {
  const approximate = attributeOf(scope, node, 'approximate');
  if (approximate?.reference !== undefined)
    return { activation: 'gelu', problem: unresolved('approximate', approximate.reference) };
  const form = approximate === undefined ? 'none' : (approximate.text ?? '');
  if (form === 'none' || form === 'tanh') return { activation: 'gelu', variant: form };
  return {
    activation: 'gelu',
    problem: `approximate = ${JSON.stringify(form)} is not allowed: 'none' and 'tanh' are`,
  };
}

/** x·σ(αx): with some α it is GELU's sigmoid form, else SiLU. */
function gated(scope: Scope, node: Node, usual: number, isGelu: (alpha: number) => boolean): Reading {
  const given = attributeOf(scope, node, 'alpha');
  if (given?.reference !== undefined)
    return { activation: isGelu(usual) ? 'gelu' : 'silu', problem: unresolved('alpha', given.reference) };
  const alpha = given === undefined ? usual : (given.float ?? 0);
  return { activation: isGelu(alpha) ? 'gelu' : 'silu', variant: 'sigmoid', alpha };
}
