import type { Approximate } from '../../activations/gelu/approximate.js';
import type { Node } from '../read/graph.js';
import type { FoundActivation } from './recognise.js';

export const MICROSOFT = 'com.microsoft';

/** An activation that is one node, or a part of one. */
export interface Single {
  activation: FoundActivation;
  variant: Approximate | undefined;
  /** Of x·σ(αx). */
  alpha: number | undefined;
  node: Node;
  /** Added to the input first. */
  bias: string | undefined;
  /** What else the node does, if it does more. */
  part: string | undefined;
  /** Why it is not known what is computed. */
  problem: string | undefined;
}

/** What was read of a node. */
export type Reading = (Partial<Single> & { activation: FoundActivation }) | { reason: string } | undefined;

/** Why an attribute is not known. */
export function unresolved(name: string, reference: string): string {
  return `its attribute ${name} is that of the function around it, ${reference}, which no call or different calls give`;
}
