import type { Approximate } from '../../activations/gelu/approximate.js';
import type { Graph, Node } from '../read/graph.js';

/** A GELU that is one node. */
export interface Single {
  variant: Approximate;
  alpha: number | undefined;
  node: Node;
  /** Added to the input first. */
  bias: string | undefined;
}

export const MICROSOFT = 'com.microsoft';

/** All GELUs of a graph that are one node, of the standard operators or of ONNX Runtime's. */
export function singles({ nodes }: Graph): Single[] {
  return nodes.flatMap((node) => {
    const single = read(node);
    return single === undefined ? [] : [{ ...single, node }];
  });
}

function read({ op, domain, attributes, inputs }: Node): Omit<Single, 'node'> | undefined {
  const alpha = attributes.get('alpha')?.float;
  const bias = inputs[1] || undefined;
  if (domain === '' && op === 'Gelu')
    return {
      variant: attributes.get('approximate')?.text === 'tanh' ? 'tanh' : 'none',
      alpha: undefined,
      bias: undefined,
    };
  // x·σ(αx); with α = 1 it is SiLU.
  if (domain === '' && op === 'Swish' && alpha !== undefined && Math.abs(alpha - 1.702) < 0.01)
    return { variant: 'sigmoid', alpha, bias: undefined };
  if (domain !== MICROSOFT) return undefined;
  if (op === 'Gelu') return { variant: 'none', alpha: undefined, bias: undefined };
  if (op === 'BiasGelu') return { variant: 'none', alpha: undefined, bias };
  if (op === 'FastGelu') return { variant: 'tanh', alpha: undefined, bias };
  if (op === 'QuickGelu' && alpha !== 1) return { variant: 'sigmoid', alpha: alpha ?? 1.702, bias: undefined };
  return undefined;
}
