import type { Node } from '../read/graph.js';
import type { Scope } from '../types/scope.js';
import { isMove } from './arrangement.js';
import { isQuantizer, producerOf } from './evaluate.js';
import type { FoundActivation } from './recognise.js';
import { valuesOf } from './values.js';

/** A gated unit: value · activation(gate), both from one input. */
export interface Gate {
  /** 'geglu', 'swiglu', or 'glu' with another activation. */
  unit: 'geglu' | 'swiglu' | 'glu';
  /** What the activation is multiplied by. */
  value: string;
  output: string;
  node: Node;
}

/** The gated unit of which the activation from x to y is the gate. */
export function gateOf(scope: Scope, activation: FoundActivation | 'sigmoid', x: string, y: string): Gate | undefined {
  const users = scope.escaping.has(y) ? [] : (scope.consumers.get(y) ?? []);
  const [node] = users;
  if (users.length !== 1 || node.op !== 'Mul' || node.domain !== '' || node.inputs.length !== 2) return undefined;
  const value = node.inputs.find((name) => name !== y);
  if (value === undefined) return undefined;
  const origin = originOf(scope, x);
  if (origin === undefined || origin !== originOf(scope, value)) return undefined;
  return { unit: unitOf(activation), value, output: node.outputs[0], node };
}

/** The gated unit that an activation is with the values multiplied in on the way. */
export function gateInside(
  scope: Scope,
  activation: FoundActivation,
  { x, y, factors, nodes }: Product,
): Gate | undefined {
  const [value] = factors;
  const origin = originOf(scope, x);
  if (factors.length !== 1 || origin === undefined || origin !== originOf(scope, value)) return undefined;
  return { unit: unitOf(activation), value, output: y, node: nodes[nodes.length - 1] };
}

interface Product {
  x: string;
  y: string;
  factors: readonly string[];
  nodes: readonly Node[];
}

function unitOf(activation: FoundActivation | 'sigmoid'): Gate['unit'] {
  return activation === 'gelu' ? 'geglu' : activation === 'silu' ? 'swiglu' : 'glu';
}

/** Operators that take a part of a value, or make another of it with weights. */
const PARTS = new Set('Split Slice Gather MatMul Gemm Conv FusedMatMul MatMulNBits FusedConv'.split(' '));

/** The value of which another is a part, or a projection. */
function originOf(scope: Scope, name: string): string | undefined {
  let at = name;
  for (let steps = 0; steps < 12; steps++) {
    const made = producerOf(scope, at);
    if (made === undefined) return undefined;
    const { node } = made;
    if (PARTS.has(node.op)) return valuesOf(scope).of(node.inputs[0]);
    const passes = isMove(node) || isQuantizer(node) || node.op === 'Cast' || node.op === 'Identity';
    if (passes) at = node.inputs[0];
    else if (node.op === 'Add' && node.inputs.length === 2) {
      // A bias.
      const [a, b] = node.inputs;
      at = producerOf(scope, a) === undefined ? b : a;
    } else return undefined;
  }
  return undefined;
}
