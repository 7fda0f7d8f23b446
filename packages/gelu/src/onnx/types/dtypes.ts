import type { Attribute, Attributes } from '../read/attribute.js';
import type { Node } from '../read/graph.js';
import { BOOL, INT64 } from '../read/tensor.js';
import { attributeOf, type Calls } from './scope.js';
import { type Signature, type Slot, signatureOf } from './signatures.js';
import { idOf, type Structure } from './structure.js';
import { Unifier } from './unify.js';

/** A dtype by its number, or the attribute of the function around that says it. */
export type Known = number | string;
/** Told to be two dtypes at once. */
const CONFLICT = 0;

export type Dtypes = Unifier<Known>;

export function newDtypes(count: number): Dtypes {
  const dtypes: Dtypes = new Unifier((a, b) =>
    a === b || typeof b === 'string' ? a : typeof a === 'string' ? b : CONFLICT,
  );
  for (let i = 0; i < count; i++) dtypes.add();
  return dtypes;
}

/** What a function does with dtypes: inputs and outputs of one `group` share one, which may be known. */
export interface Scheme {
  /** Attributes that change what is in it. */
  parameters: ReadonlySet<string>;
  defaults: Attributes;
  inputs: readonly Group[];
  outputs: readonly Group[];
}
export interface Group {
  group: number;
  known: Known | undefined;
}

/** A graph at work. */
export interface Body {
  structure: Structure;
  calls: Calls;
  dtypes: Dtypes;
  structures: ReadonlyMap<object, Structure>;
  schemeOf: (node: Node) => Scheme | undefined;
}

/** Those that no signature describes. */
const SPECIAL = new Set('QuantizeLinear DequantizeLinear Constant If Loop Scan'.split(' '));

/** Lets a node tell what it knows of the dtypes of its inputs and outputs. */
export function tellDtypes(body: Body, node: Node): void {
  const { structure, dtypes } = body;
  const scheme = body.schemeOf(node);
  if (scheme !== undefined) {
    tellCall(body, node, scheme);
    return;
  }
  if (node.domain !== '' || !SPECIAL.has(node.op)) {
    const version = structure.graph.opsets.get(node.domain)?.version ?? 0;
    const signature = signatureOf(node.domain, node.op, version);
    if (signature !== undefined) tellSignature(body, node, signature);
    return;
  }
  const input = (i: number): number | undefined => idOf(structure, node.inputs[i] ?? '');
  const output = (i: number): number | undefined => idOf(structure, node.outputs[i] ?? '');
  const join = (a: number | undefined, b: number | undefined): void => {
    if (a !== undefined && b !== undefined) dtypes.join(a, b);
  };
  const inner = (i: number): Structure | undefined => body.structures.get(node.graphs[i] ?? {});
  if (node.op === 'QuantizeLinear' || node.op === 'DequantizeLinear') {
    const given = attribute(body, node, 'output_dtype');
    const like = node.op === 'DequantizeLinear' ? input(1) : input(2);
    if (node.op === 'DequantizeLinear') join(input(0), input(2));
    if (given) learn(body, output(0), given);
    else if (like !== undefined) join(output(0), like);
    else learn(body, output(0), 2);
  } else if (node.op === 'Constant') {
    learn(body, output(0), constantType(body, node));
  } else if (node.op === 'If') {
    for (let k = 0; k < node.graphs.length; k++) {
      const branch = inner(k);
      if (branch) for (const [i, name] of branch.graph.outputs.entries()) join(output(i), idOf(branch, name));
    }
  } else {
    const round = inner(0);
    if (round) tellRound(body, node, round, join);
  }
}

function tellSignature(body: Body, node: Node, { inputs, outputs }: Signature): void {
  shared.clear();
  tellSlots(body, node, inputs, node.inputs);
  tellSlots(body, node, outputs, node.outputs);
}

/** The groups of a node's signature, by name; emptied for each, since there are many nodes. */
const shared = new Map<string, number>();

function tellSlots(body: Body, node: Node, slots: readonly Slot[], names: readonly string[]): void {
  for (let i = 0; i < names.length; i++) {
    const slot = slots[i] ?? (slots.at(-1)?.many ? slots.at(-1) : undefined);
    const id = slot === undefined || names[i] === '' ? undefined : idOf(body.structure, names[i]);
    if (slot === undefined || id === undefined) continue;
    const given = slot.attribute === undefined ? undefined : attribute(body, node, slot.attribute);
    if (given !== undefined) learn(body, id, given);
    else if (typeof slot.is === 'number') learn(body, id, slot.is);
    else if (slot.is !== undefined) {
      const other = shared.get(slot.is);
      if (other === undefined) shared.set(slot.is, id);
      else body.dtypes.join(other, id);
    }
  }
}

/** The values of a Loop or Scan go round: in, through the body, in again, out. */
function tellRound(
  body: Body,
  node: Node,
  round: Structure,
  join: (a: number | undefined, b: number | undefined) => void,
): void {
  const { inputs, outputs } = round.graph;
  const outside = (names: readonly string[], i: number): number | undefined => idOf(body.structure, names[i] ?? '');
  const inside = (names: readonly string[], i: number): number | undefined => idOf(round, names[i] ?? '');
  const loop = node.op === 'Loop';
  // A Loop's body has the count and the condition first and gives the condition first; Scan of opset 8 has lengths first.
  const skipped = loop ? 0 : node.inputs.length - inputs.length;
  const first = loop ? 2 : 0;
  const given = loop ? 1 : 0;
  if (loop) {
    learn(body, inside(inputs, 0), INT64);
    learn(body, inside(inputs, 1), BOOL);
  }
  const states = loop ? inputs.length - 2 : inputs.length - scanInputs(body, node);
  for (let i = first; i < inputs.length; i++) join(outside(node.inputs, i + skipped), inside(inputs, i));
  for (let i = 0; i < states; i++) join(inside(inputs, first + i), inside(outputs, given + i));
  for (let i = 0; i + given < outputs.length; i++) join(inside(outputs, given + i), outside(node.outputs, i));
}

function scanInputs(body: Body, node: Node): number {
  return attributeOf(body, node, 'num_scan_inputs')?.integer ?? node.inputs.length;
}

function tellCall(body: Body, node: Node, scheme: Scheme): void {
  const groups = new Map<number, number>();
  const tell = (slots: readonly Group[], names: readonly string[]): void => {
    for (const [i, name] of names.entries()) {
      const id = i < slots.length && name !== '' ? idOf(body.structure, name) : undefined;
      if (id === undefined) continue;
      const { group, known } = slots[i];
      const other = groups.get(group);
      if (other === undefined) groups.set(group, id);
      else body.dtypes.join(other, id);
      if (typeof known === 'number') learn(body, id, known);
      else if (known !== undefined) learn(body, id, attribute(body, node, known) ?? said(scheme.defaults.get(known)));
    }
  };
  tell(scheme.inputs, node.inputs);
  tell(scheme.outputs, node.outputs);
}

function learn({ dtypes }: Body, id: number | undefined, known: Known | undefined): void {
  if (id !== undefined && known !== CONFLICT) dtypes.learn(id, known);
}

/** The dtype that an attribute says: itself, or that of its tensor; the name of a reference that is not resolved. */
function attribute(body: Body, node: Node, name: string): Known | undefined {
  return said(attributeOf(body, node, name));
}

function said(found: Attribute | undefined): Known | undefined {
  return found?.reference ?? (found?.tensor?.dtype || found?.integer || undefined);
}

const BY_NAME: Readonly<Record<string, number>> = {
  value_float: 1,
  value_floats: 1,
  value_int: 7,
  value_ints: 7,
  value_string: 8,
  value_strings: 8,
};

function constantType(body: Body, node: Node): Known | undefined {
  for (const name of node.attributes.keys()) {
    if (name === 'value') return attribute(body, node, name);
    if (BY_NAME[name] !== undefined) return BY_NAME[name];
  }
  return undefined;
}
