import type { Node } from '../read/graph.js';
import { attributeOf, type Scope } from '../types/scope.js';
import { MICROSOFT, type Reading, unresolved } from './reading.js';

/** Names that an activation may have in an operator or an attribute. */
const NAMED = /gelu|silu|swish|mish|swiglu|geglu/i;

/** Activations inside of nodes that do more, such as products of matrices, and operators that are known by name only. */
export function fusedPart(scope: Scope, node: Node, functions: ReadonlySet<string>): Reading {
  const { op, domain } = node;
  if (domain === MICROSOFT) {
    if (op === 'GemmFastGelu') return { activation: 'gelu', variant: 'tanh', part: 'a matrix product comes first' };
    if (op === 'BiasSplitGelu')
      return {
        activation: 'gelu',
        variant: 'none',
        part: 'a bias is added and the other half of the input multiplied',
      };
    if (op === 'MoE' || op === 'QMoE') return inExperts(scope, node);
    if (op === 'GroupNorm' || op === 'SkipGroupNorm') return afterNorm(scope, node);
  }
  const [name, text] = attributeThatNames(scope, node) ?? [];
  const where = `an operator of '${domain}', of which the file does not tell what it computes`;
  if (text !== undefined) return { reason: `${where}: its attribute ${name} is '${text}'` };
  return NAMED.test(op) && !functions.has(`${domain}:${op}`) ? { reason: where } : undefined;
}

/** A mixture of experts: its GELU is the tanh form. */
function inExperts(scope: Scope, node: Node): Reading {
  const attribute = attributeOf(scope, node, 'activation_type');
  if (attribute?.reference !== undefined)
    return { activation: 'gelu', problem: unresolved('activation_type', attribute.reference) };
  const part = 'it is inside of the experts';
  const type = attribute?.text;
  if (type === 'gelu') return { activation: 'gelu', variant: 'tanh', part };
  if (type === 'silu') return { activation: 'silu', variant: 'sigmoid', alpha: 1, part };
  if (type !== 'swiglu') return undefined;
  const alpha = attributeOf(scope, node, 'activation_alpha')?.float ?? 1;
  return { activation: 'silu', variant: 'sigmoid', alpha, part: `${part}, and gates` };
}

/** Group normalization with activation 1: SiLU follows. */
function afterNorm(scope: Scope, node: Node): Reading {
  if (attributeOf(scope, node, 'activation')?.integer !== 1) return undefined;
  return { activation: 'silu', variant: 'sigmoid', alpha: 1, part: 'a normalization comes first' };
}

/** An attribute such as `activation` whose text is the name of an activation that is looked for. */
function attributeThatNames(scope: Scope, node: Node): [name: string, text: string] | undefined {
  for (const name of node.attributes.keys()) {
    const text = attributeOf(scope, node, name)?.text;
    if (text !== undefined && /activation|operator|func/i.test(name) && NAMED.test(text)) return [name, text];
  }
  return undefined;
}
