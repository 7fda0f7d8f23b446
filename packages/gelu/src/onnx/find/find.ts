import type { Approximate } from '../../activations/gelu/approximate.js';
import type { Node } from '../read/graph.js';
import type { Model } from '../read/model.js';
import { accurateForms } from '../targets/accurate/find.js';
import { analyse } from '../types/analyse.js';
import { type Scope, typeOf } from '../types/scope.js';
import { type Composite, composites } from './composite.js';
import { type Gate, gateInside, gateOf } from './gates.js';
import type { FoundActivation } from './recognise.js';
import { singles } from './single.js';
import { isHeart, type NotUnderstood, whyNotUnderstood } from './unknown.js';

/** An activation and where it stands. */
export interface Found {
  scope: Scope;
  activation: FoundActivation;
  /** Of GELU, undefined where that cannot be told; of SiLU 'sigmoid', since it is x·σ(αx), too. */
  variant: Approximate | undefined;
  alpha: number | undefined;
  x: string;
  bias: string | undefined;
  y: string;
  nodes: Node[];
  /** Undefined where it is one node. */
  composite: Composite | undefined;
  /** What else the one node does. */
  part: string | undefined;
  /** The number of the dtype of y. */
  dtype: number | undefined;
  /** Values on the way from x to y that are used elsewhere too. */
  shared: string[];
  /** It and others that have nodes in common: they can only be replaced together. */
  family: readonly Found[];
  gate: Gate | undefined;
  /** Why it is not known what is computed. */
  problem: string | undefined;
}

/** What was found in a model. */
export interface Findings {
  found: Found[];
  notUnderstood: NotUnderstood[];
}

/** All activations of a model, graph by graph, in the order of the nodes; those of a function once for each kind of call. */
export function findAll(model: Model): Findings {
  const functions = new Set(model.functions.map(({ path }) => path.replace('function ', '')));
  const findings: Findings = { found: [], notUnderstood: [] };
  for (const scope of analyse(model)) findIn(scope, functions, findings);
  const outside = new Set(findings.found.flatMap(({ composite }) => composite?.outside ?? []));
  if (outside.size > 0) findings.notUnderstood = findings.notUnderstood.filter(({ node }) => !outside.has(node));
  return findings;
}

function findIn(scope: Scope, functions: ReadonlySet<string>, findings: Findings): void {
  const unclear = new Map<Node, string>();
  const found = new Map<Node, Found[]>();
  const add = (last: Node, one: Found): void => {
    const here = found.get(last);
    if (here) here.push(one);
    else found.set(last, [one]);
  };
  for (const single of singles(scope, functions)) {
    if ('reason' in single) unclear.set(single.node, single.reason);
    else {
      const { node, activation, variant, alpha, bias, part, problem } = single;
      const [x, y] = [node.inputs[0], node.outputs[0]];
      const found = {
        scope,
        activation,
        variant,
        alpha,
        x,
        bias,
        y,
        nodes: [node],
        composite: undefined,
        part,
        problem,
      };
      add(node, completed(found, typeOf(scope, y)?.dtype));
    }
  }
  const accurate = accurateForms(scope);
  const taken = new Set(accurate.flatMap(({ nodes }) => nodes));
  const several = accurate.concat(composites(scope, taken)).map((composite): Found => {
    const { activation, variant, alpha, x, y, nodes } = composite;
    const dtype = composite.cast ?? typeOf(scope, y)?.dtype ?? composite.constantType;
    // Written out: there may be thousands, and to spread one is slow.
    const none = undefined;
    return completed(
      { scope, activation, variant, alpha, x, bias: none, y, nodes, composite, part: none, problem: none },
      dtype,
    );
  });
  joinFamilies(scope, several);
  for (const each of several) add(each.nodes[each.nodes.length - 1], each);
  const understood = new Set(several.flatMap(({ nodes }) => nodes));
  for (const [index, node] of scope.graph.nodes.entries()) {
    for (const one of found.get(node) ?? []) findings.found.push(one);
    const heart = isHeart(node) && !understood.has(node);
    const reason = unclear.get(node) ?? (heart ? whyNotUnderstood(scope, node) : undefined);
    if (reason !== undefined) findings.notUnderstood.push({ scope, node, index, reason });
  }
}

function completed(started: Omit<Found, 'dtype' | 'shared' | 'family' | 'gate'>, dtype: number | undefined): Found {
  const { scope, activation, variant, alpha, x, bias, y, nodes, composite, part, problem } = started;
  const gate = composite?.factors.length ? gateInside(scope, activation, composite) : gateOf(scope, activation, x, y);
  const [shared, family]: [string[], Found[]] = [[], []];
  return {
    scope,
    activation,
    variant,
    alpha,
    x,
    bias,
    y,
    nodes,
    composite,
    part,
    dtype,
    shared,
    family,
    gate,
    problem,
  };
}

/** Those that have nodes in common, by whatever third ones, become a family. Notes which of its values others use, too. */
function joinFamilies(scope: Scope, several: readonly Found[]): void {
  const owner = new Map<Node, Found>();
  const parent = new Map<Found, Found>();
  const head = (found: Found): Found => {
    let at = found;
    for (let next = parent.get(at); next !== undefined; next = parent.get(at)) at = next;
    for (let step = found; step !== at; ) {
      const next = parent.get(step) ?? at;
      parent.set(step, at);
      step = next;
    }
    return at;
  };
  for (const found of several)
    for (const node of found.nodes) {
      const other = owner.get(node);
      if (other === undefined) owner.set(node, found);
      else if (head(other) !== head(found)) parent.set(head(found), head(other));
    }
  const families = new Map<Found, Found[]>();
  for (const found of several) {
    const family = families.get(head(found));
    if (family) family.push(found);
    else families.set(head(found), [found]);
  }
  for (const family of families.values()) {
    const inside = new Set(family.flatMap(({ nodes }) => nodes));
    const results = new Set(family.map(({ y }) => y));
    for (const found of family) {
      found.family = family;
      found.shared = sharedValues(scope, found.nodes, inside, results);
    }
  }
}

/** Values of nodes that are used outside of `inside`, but for `results`. */
function sharedValues(
  { consumers, escaping }: Scope,
  nodes: readonly Node[],
  inside: ReadonlySet<Node>,
  results: ReadonlySet<string>,
): string[] {
  return nodes
    .flatMap(({ outputs }) => outputs)
    .filter((name) => !results.has(name))
    .filter((name) => escaping.has(name) || consumers.get(name)?.some((node) => !inside.has(node)));
}
