import type { Found } from '../find/find.js';
import { GELU_OPSET } from '../opset/opset.js';
import type { Node } from '../read/graph.js';
import { constantTensor } from '../types/scope.js';

/** What ONNX Runtime (1.30, CPU) does with a GELU: 'kernel' and 'fused' are one pass, 'unfused' is one for each node. */
export interface RuntimePlan {
  plan: 'kernel' | 'fused' | 'unfused';
  /** The operator that runs, if it is one. */
  operator: string | undefined;
  why: string;
}

/** The rules of its graph optimizer, as tried (the lab's tests hold this to what it does). */
export function runtimePlan(found: Found): RuntimePlan {
  const { composite, nodes, shared } = found;
  if (composite === undefined) {
    const [{ op, domain }] = nodes;
    return { plan: 'kernel', operator: domain === '' ? op : `${domain}.${op}`, why: 'one node' };
  }
  const unfused = (why: string): RuntimePlan => ({ plan: 'unfused', operator: undefined, why });
  if (shared.length > 0) return unfused(`intermediate values are used elsewhere: ${shared.join(', ')}`);
  if (nodes.some(({ op }) => op === 'Cast' || op === 'CastLike')) return unfused('there are casts inside');
  if (found.dtype === 11) return unfused('only float32 and float16 are fused');
  if (composite.heart === 'Accurate') return unfused('the accurate form is a pass for each operator');
  if (composite.heart === 'Tanh') return unfused('the tanh form is fused on GPUs only');
  const fused = composite.heart === 'Erf' ? erfObstacle(found) : sigmoidObstacle(found);
  if (fused !== undefined) return unfused(fused);
  const standard = (found.scope.graph.opsets.get('')?.version ?? 0) >= GELU_OPSET ? 'Gelu' : 'com.microsoft.Gelu';
  const operator = composite.heart === 'Erf' ? standard : 'com.microsoft.QuickGelu';
  return { plan: 'fused', operator, why: 'a form that its optimizer knows' };
}

function erfObstacle({ nodes, x, scope }: Found): string | undefined {
  const producer = (name: string): Node | undefined => nodes.find(({ outputs }) => outputs[0] === name);
  const erf = nodes.find(({ op }) => op === 'Erf');
  const argument = erf && producer(erf.inputs[0]);
  if (argument?.op !== 'Div' || argument.inputs[0] !== x) return 'x is not divided by √2 just before Erf';
  const sum = nodes.find(({ inputs }) => inputs.includes(erf?.outputs[0] ?? ''));
  if (sum?.op !== 'Add') return '1 + erf is not one Add';
  const next = nodes.find(({ inputs }) => inputs.includes(sum.outputs[0]));
  const other = next?.inputs.find((name) => name !== sum.outputs[0]) ?? '';
  if (next?.op !== 'Mul' || constantTensor(scope, other) !== undefined) return '½ is applied to the sum';
  return nodes.length === 5 ? undefined : 'there are further nodes inside';
}

function sigmoidObstacle({ nodes, variant }: Found): string | undefined {
  if (variant === 'tanh') return 'the tanh form is not fused';
  return nodes.length === 3 && nodes.every(({ op }) => op === 'Mul' || op === 'Sigmoid')
    ? undefined
    : 'not x·σ(Mul(x, α))';
}
